import { utilityProcess } from 'electron'
import type { TokenHost } from './token-host.ts'

/** For the app. The environment goes with it: libraries find their configuration by it. */
export const tokenProcess =
  (entry: string): TokenHost =>
  (hear, gone) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Token library',
      stdio: 'ignore',
      // On macOS a library of the token's maker is not signed by us.
      allowLoadingUnsignedLibraries: true,
    })
    child.on('message', hear)
    child.once('exit', gone)
    return {
      post: (job) => child.postMessage(job),
      kill: () => {
        try {
          // Electron's own kill asks politely, which a hanging library does not hear.
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
        } catch {
          // It has ended meanwhile.
        }
        child.kill()
      },
      hold: () => {},
    }
  }
