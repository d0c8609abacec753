import { readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { makeFolder, writeAtomically } from '../files.ts'

/** An argument as a desktop entry's `Exec` takes it (Desktop Entry Specification, "The Exec key"). */
const quoted = (argument: string): string =>
  // A backslash is escaped twice: once for the string type of the file, once for the quotes.
  `"${argument
    .replace(/\\/g, '\\\\\\\\')
    .replace(/(["`$])/g, '\\\\$1')
    .replaceAll('%', '%%')}"`

export const autostartPath = (env: NodeJS.ProcessEnv = process.env, home = homedir()): string =>
  join(env.XDG_CONFIG_HOME || join(home, '.config'), 'autostart', 'countersign.desktop')

/** What a desktop on Linux starts at login (XDG Autostart). */
export function autostartEntry(command: readonly string[]): string {
  return `[Desktop Entry]
Type=Application
Name=Countersign
Comment=Reminds you before certificates expire
Exec=${command.map(quoted).join(' ')}
Icon=countersign
Terminal=false
X-GNOME-Autostart-enabled=true
`
}

/** Puts the entry in place, anew where the program has moved, or takes it away. True when it is as it should be. */
export async function setAutostart(path: string, command: readonly string[] | null): Promise<boolean> {
  try {
    if (command === null) {
      await rm(path, { force: true })
      return true
    }
    const entry = autostartEntry(command)
    if ((await readFile(path, 'utf8').catch(() => '')) === entry) return true
    await makeFolder(join(path, '..'))
    await writeAtomically(path, entry, { mode: 0o644 })
    return true
  } catch {
    return false
  }
}
