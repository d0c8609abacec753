import Store from 'electron-store'
import { Settings, type SettingsChange } from '../shared/settings.ts'

/** Preferences on disk. The only user of electron-store, which keeps nothing else. */
export type SettingsStore = {
  read(): Settings
  change(change: SettingsChange): Settings
  rememberPlace(place: Settings['window']): void
}

export function createSettingsStore(folder: string): SettingsStore {
  // A settings file that is no longer JSON costs the preferences, not the start of the app.
  const store = new Store<Record<string, unknown>>({ cwd: folder, name: 'settings', clearInvalidConfig: true })
  const read = () => readable(store.store)
  return {
    read,
    change(change) {
      for (const [key, value] of Object.entries(change)) if (value !== undefined) store.set(key, value)
      return read()
    },
    rememberPlace: (place) => store.set('window', place),
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
