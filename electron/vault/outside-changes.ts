import { type FSWatcher, watch } from 'node:fs'

const pollMs = 3000
const settleMs = 120

/**
 * Looks at the vault's folder when something changes there. The system's watch is quick and not everywhere to be had
 * (network shares), so there is a slow look at the clock as well; both cost one glance at one file.
 */
export function createOutsideChanges(folder: string, look: () => Promise<void>) {
  let watcher: FSWatcher | undefined
  let soon: NodeJS.Timeout | undefined
  let poll: NodeJS.Timeout | undefined

  function follow(onFault: (fault: unknown) => void) {
    if (watcher) return
    try {
      watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== 'manifest.json' && name !== 'vault.json') return
        clearTimeout(soon)
        soon = setTimeout(() => void look().catch(onFault), settleMs)
      })
      watcher.on('error', () => {
        watcher?.close()
        watcher = undefined
      })
    } catch {
      // There is no folder yet, or no watch for it: the clock goes on, and tries again.
    }
  }

  return {
    start(onFault: (fault: unknown) => void) {
      follow(onFault)
      poll = setInterval(() => {
        follow(onFault)
        void look().catch(onFault)
      }, pollMs)
    },
    stop() {
      clearTimeout(soon)
      clearInterval(poll)
      watcher?.close()
      watcher = undefined
    },
  }
}
