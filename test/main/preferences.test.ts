import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createSettingsStore, readable } from '../../electron/settings-store.ts'
import { readStartPreferences } from '../../electron/start-preferences.ts'

const standard = {
  appearance: 'system',
  reminders: { enabled: true, days: [30, 14, 7, 1] },
  background: false,
  lock: { idleMinutes: 15, onScreenLock: true, onSuspend: true },
  backups: { daily: true },
  updates: { daily: false },
  test: { timeoutMs: 10_000 },
  proxy: { by: 'system' },
  window: { width: 1180, height: 780, maximized: false },
}

let folder: string
const store = (text: string) => writeFileSync(join(folder, 'settings.json'), text)
const open = () => createSettingsStore(folder, () => {})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
})

describe('settings on disk', () => {
  it('are the usual ones before anything was chosen', () => {
    expect(open().read()).toEqual(standard)
  })

  it('outlast the app, changed ones and others', async () => {
    const first = open()
    await Promise.all([
      first.change({ appearance: 'dark' }),
      first.change({ test: { timeoutMs: 900 } }),
      first.rememberPlace({ x: 5, y: 6, width: 900, height: 700, maximized: true }),
    ])
    await first.settled()
    const window = { x: 5, y: 6, width: 900, height: 700, maximized: true }
    expect(open().read()).toEqual({
      ...standard,
      appearance: 'dark',
      test: { timeoutMs: 900 },
      window,
    })
    expect(readStartPreferences(folder)).toEqual({ appearance: 'dark', window })
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600)
  })

  it.each(['', '{', '[]', 'null', '"x"', '\0\0'])(
    'that are damaged (%j) are the usual ones, and can be changed',
    async (text) => {
      store(text)
      const settings = open()
      expect(settings.read()).toEqual(standard)
      expect((await settings.change({ appearance: 'light' })).appearance).toBe('light')
      expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ appearance: 'light' })
    },
  )

  it('lose a field of the wrong form alone', () => {
    expect(readable({ appearance: 'pink', test: { timeoutMs: 700 }, reminders: 7, extra: 1 })).toEqual({
      ...standard,
      test: { timeoutMs: 700 },
    })
  })
})

describe('what the window needs at the start', () => {
  it.each([
    '{"appearance":"pink","window":{"width":"1"}}',
    '{"window":{"width":1e9,"height":700,"maximized":false}}',
    '{"window":{"width":900,"height":700,"maximized":false,"x":"0"}}',
    '{"window":null,"appearance":null}',
    '7',
    'x',
  ])('is as usual when the file says %s', (text) => {
    store(text)
    expect(readStartPreferences(folder)).toEqual({ appearance: 'system', window: standard.window })
  })
})
