import type { vaultCalls } from '../../../shared/calls/vault.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { tellVault } from '../tell-vault.ts'
import { openBackup, restoreBackup, saveBackup } from './backups.ts'
import { restoreRecord, settleDamage, vaultDamage } from './damage.ts'
import { lockVault } from './lock-vault.ts'

const mostLines = 200
const publicMode = 0o644

/** Who answers the calls of `shared/calls/vault.ts`. */
export function vaultHandlers(means: Means): Pick<Handlers, Exclude<keyof typeof vaultCalls, 'vaultState'>> {
  const { vault, ask, now } = means
  return {
    setVaultPassphrase: ({ passphrase }) => tellVault(means, vault.setPassphrase(passphrase)),
    unlockVault: ({ passphrase }) => tellVault(means, vault.unlock(passphrase)),
    lockVault: () => lockVault(means),
    addVaultKeychain: () => tellVault(means, vault.addKeychain()),
    removeVaultWay: ({ way }) => tellVault(means, vault.removeWay(way)),

    vaultDamage: vaultDamage(means),
    restoreRecord: restoreRecord(means),
    settleDamage: settleDamage(means),

    listBackups: async () => ok({ backups: await vault.backups.automatic.list() }),
    backupNow: async () => {
      const made = await vault.backups.automatic.run('now')
      return made.ok ? ok({ made: made.value }) : made
    },
    saveBackup: saveBackup(means),
    openBackup: openBackup(means),
    restoreBackup: restoreBackup(means),
    closeBackup: async ({ backup }) => {
      await vault.backups.close(backup)
      return ok({})
    },

    readJournal: async ({ search, before }) => ok(await vault.journal.read({ search, before, most: mostLines })),
    verifyJournal: async () => {
      const verified = await vault.journal.verify()
      return verified ? ok({ ...verified, faults: verified.faults.slice(0, 100) }) : refuse({ code: 'vault.locked' })
    },
    saveJournal: async () => {
      const name = `countersign-journal-${now().toISOString().slice(0, 10)}.jsonl`
      const filters = [{ name: 'JSON lines', extensions: ['jsonl'] }]
      const path = await ask.saveAs({ title: 'Save the journal', name, filters })
      if (path === null) return ok({ saved: null })
      const problem = await writeForUser(path, await vault.journal.text(), publicMode)
      return problem ? refuse(problem) : ok({ saved: path })
    },
  }
}
