import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the app keeps its things for this user, as Electron has it (`app.getPath('userData')`). */
export function appFolder(platform = process.platform, env = process.env, home = homedir()): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Countersign')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Countersign')
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'Countersign')
}
