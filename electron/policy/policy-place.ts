import { win32 } from 'node:path'

type Here = { platform: NodeJS.Platform; env: NodeJS.ProcessEnv; packed: boolean }

/** Where a policy lies, and whose it may be beside the system's own. */
export type PolicyPlace = { file: string; alsoOwnedBy?: number }

/** The app as it was packed runs out of its archive; a checkout, and the command line in it, does not. */
const isPacked = () => import.meta.url.includes('app.asar')

/**
 * The one place that administrators write to and users cannot. In a checkout `COUNTERSIGN_POLICY` names another file,
 * which may be the user's own: to try one out. A packed app does not heed it.
 */
export function policyPlace(
  { platform, env, packed }: Here = { platform: process.platform, env: process.env, packed: isPacked() },
): PolicyPlace {
  const own = process.getuid?.()
  if (!packed && env.COUNTERSIGN_POLICY) {
    return { file: env.COUNTERSIGN_POLICY, ...(own !== undefined && { alsoOwnedBy: own }) }
  }
  if (platform === 'darwin') return { file: '/Library/Application Support/Countersign/policy.json' }
  if (platform === 'win32') {
    // The variable is the process's own and could lead to a folder of the user's, so only a drive's root is taken from it.
    const drive = /^[A-Za-z]:/.exec(env.SystemDrive ?? '')?.[0] ?? 'C:'
    return { file: win32.join(`${drive}\\`, 'ProgramData', 'Countersign', 'policy.json') }
  }
  return { file: '/etc/countersign/policy.json' }
}
