import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'

export type WindowsUser = { systemRoot: string; domain: string; user: string }

/**
 * Windows has no modes: a file has the permissions that its folder hands down. This is the command that takes those away
 * and lets one user in. `icacls` by its full path, because a program of that name in the present folder would be found first.
 */
export const aclCommand = (
  path: string,
  { systemRoot, domain, user }: WindowsUser,
): { file: string; args: readonly string[] } => ({
  file: `${systemRoot}\\System32\\icacls.exe`,
  args: [path, '/inheritance:r', '/grant:r', `${domain === '' ? user : `${domain}\\${user}`}:F`, '/Q'],
})

/** Who runs this process. */
const thisUser = (): WindowsUser => ({
  systemRoot: process.env.SystemRoot ?? 'C:\\Windows',
  domain: process.env.USERDOMAIN ?? '',
  user: userInfo().username,
})

const longestMs = 5000

/**
 * Lets nobody but this user at a file that is about to get a key. Drives without permissions (FAT, some shares) refuse;
 * the file is written all the same, as its owner asked for that drive.
 */
export function restrictToUser(path: string): Promise<void> {
  const { file, args } = aclCommand(path, thisUser())
  return new Promise((resolve) => {
    execFile(file, args, { windowsHide: true, timeout: longestMs }, () => resolve())
  })
}
