import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Settings, type SettingsChange } from '../shared/settings.ts'
import { createTurns } from './in-turn.ts'

/** What the page may change, and what only the app does on its behalf, because more than the file changes with it. */
export type StoredChange = SettingsChange & Partial<Pick<Settings, 'background'>>

/** Preferences on disk. The only user of electron-store, which keeps nothing else. */
export type SettingsStore = {
  read(): Settings
  change(change: StoredChange): Promise<Settings>
  rememberPlace(place: Settings['window']): Promise<void>
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
}

/**
 * Reads the file itself, and loads the library with the first change: most sessions change nothing. The library then
 * listens for pages that ask where the user's data lies; `closeSideDoor` takes that channel of its away again.
 */
export function createSettingsStore(folder: string, closeSideDoor: (channel: string) => void): SettingsStore {
  const turn = createTurns()
  let known = readable(storedIn(join(folder, 'settings.json')))

  const write = (change: Partial<Settings>) =>
    turn(async () => {
      const { default: Store } = await import('electron-store')
      // A settings file that is no longer JSON costs the preferences, not the change.
      const store = new Store<Record<string, unknown>>({
        cwd: folder,
        name: 'settings',
        clearInvalidConfig: true,
        configFileMode: 0o600,
      })
      closeSideDoor('electron-store-get-data')
      for (const [key, value] of Object.entries(change)) if (value !== undefined) store.set(key, value)
      known = readable(store.store)
      return known
    })

  return {
    read: () => known,
    change: (change) => write(change),
    rememberPlace: async (window) => {
      if (JSON.stringify(window) !== JSON.stringify(known.window)) await write({ window })
    },
    settled: () => turn(async () => {}),
  }
}

/** Settings as far as they can be understood: a field of the wrong form falls back to its default, alone. */
export function readable(stored: Record<string, unknown>): Settings {
  const fields = Object.entries(Settings.shape).map(([key, schema]) => {
    const field = schema.safeParse(stored[key])
    return [key, field.success ? field.data : schema.parse(undefined)]
  })
  return Settings.parse(Object.fromEntries(fields))
}

function storedIn(file: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
