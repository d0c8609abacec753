import { lockVault } from './handlers/vault/lock-vault.ts'
import type { Means } from './means.ts'
import { createAutoLock, type PowerMonitor } from './vault/auto-lock.ts'
import { createOutsideChanges } from './vault/outside-changes.ts'

const backupEveryMs = 30 * 60_000
/** Not while the window is still being drawn. */
const firstBackupMs = 60_000

/** What goes on around the vault while the app runs: locking by itself, daily backups, changes of other processes. */
export function createVaultWatch(means: Means, folder: string, power: PowerMonitor) {
  const { vault, settings, news, listening } = means
  const autoLock = createAutoLock({
    power,
    settings: () => settings.read().lock,
    state: vault.state,
    lock: (why) => lockVault(means, why),
    isBusy: () => listening.state().running !== null,
  })
  const outside = createOutsideChanges(folder, vault.look)
  vault.onOutsideChange(() => {
    news({ kind: 'identities-changed' })
    news({ kind: 'authorities-changed' })
    void vault.state().then((state) => news({ kind: 'vault-changed', vault: state }))
  })
  let timers: NodeJS.Timeout[] = []

  return {
    start(onFault: (fault: unknown) => void) {
      const backUp = async () => {
        if (settings.read().backups.daily) await vault.backups.automatic.run('due')
      }
      const run = () => void backUp().catch(onFault)
      timers = [setTimeout(run, firstBackupMs), setInterval(run, backupEveryMs)]
      autoLock.start(onFault)
      outside.start(onFault)
    },
    stop() {
      for (const timer of timers) clearInterval(timer)
      autoLock.stop()
      outside.stop()
    },
  }
}
