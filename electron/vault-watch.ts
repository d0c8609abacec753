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

  /** A passphrase is written down where it is typed; a keychain opens without anybody noticing. */
  async function noteOpening() {
    const { state, ways, keychain } = await vault.state()
    if (state !== 'open' || !ways.includes('keychain') || (await vault.identities.list()).records.length === 0) return
    await vault.journal.note({ what: 'unlocked', kind: 'vault', detail: `by ${keychain ?? 'the keychain'}` })
  }

  return {
    start(onFault: (fault: unknown) => void) {
      const backUp = async () => {
        if (settings.read().backups.daily) await vault.backups.automatic.run('due')
      }
      const run = () => void backUp().catch(onFault)
      timers = [setTimeout(run, firstBackupMs), setInterval(run, backupEveryMs)]
      void noteOpening().catch(onFault)
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
