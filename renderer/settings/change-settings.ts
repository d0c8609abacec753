import type { SettingsChange } from '../../shared/settings.ts'
import { desk, useDesk } from '../desk.ts'

/** Changes take effect at once; there is nothing to save. */
export async function changeSettings(change: SettingsChange): Promise<boolean> {
  const done = await desk.changeSettings(change)
  if (done.ok) useDesk.setState({ settings: done.value })
  return done.ok
}
