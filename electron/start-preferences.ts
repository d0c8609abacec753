import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../shared/settings.ts'

export type StartPreferences = Pick<Settings, 'appearance' | 'window'>

/**
 * The two preferences that the window needs before anything else is loaded, read straight from the settings file and
 * checked by hand: schema and store together would cost more than the window itself. What is not as it should be
 * counts as not set.
 */
export function readStartPreferences(folder: string): StartPreferences {
  const { appearance, window } = settingsIn(join(folder, 'settings.json'))
  return {
    appearance: appearance === 'light' || appearance === 'dark' ? appearance : 'system',
    window: isPlace(window) ? window : { width: 1180, height: 780, maximized: false },
  }
}

function settingsIn(file: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}

function isPlace(value: unknown): value is Settings['window'] {
  const { x, y, width, height, maximized } = Object(value) as Record<string, unknown>
  const within = (number: unknown, least: number) =>
    typeof number === 'number' && Number.isInteger(number) && number >= least && number <= 20_000
  const position = (number: unknown) => number === undefined || within(number, -20_000)
  return within(width, 400) && within(height, 300) && position(x) && position(y) && typeof maximized === 'boolean'
}
