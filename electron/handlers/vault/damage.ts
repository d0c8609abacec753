import type { DamagedRecord } from '../../../shared/calls/vault.ts'
import { ok } from '../../../shared/result.ts'
import type { BackupItem } from '../../../shared/vault/backup.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** What is wrong with which record, and from where it could be had back. */
export const vaultDamage =
  ({ vault }: Means): Handlers['vaultDamage'] =>
  async () => {
    const { state } = await vault.state()
    const records: DamagedRecord[] = []
    for (const { kind, id, name, file, why, isThere } of (await vault.damage()).slice(0, 200)) {
      const held = state === 'open' && why !== 'newer' ? await vault.backups.automatic.holding(kind, id) : []
      const backups = held.slice(0, 50).map((one) => ({ name: one.name, madeAt: one.madeAt }))
      // A file that cannot be read has no name; its backup does.
      const called = name || (held[0]?.title ?? '')
      records.push({ kind: kind as BackupItem['kind'], id, name: called, file, why, isThere, backups })
    }
    return ok({ records })
  }

export const restoreRecord =
  ({ vault, news }: Means): Handlers['restoreRecord'] =>
  async ({ kind, id, backup }) => {
    const restored = await vault.backups.automatic.restoreRecord(kind, id, backup)
    if (!restored.ok) return restored
    news({ kind: kind === 'authority' || kind === 'issued' ? 'authorities-changed' : 'identities-changed' })
    return ok({})
  }

export const settleDamage =
  ({ vault, news }: Means): Handlers['settleDamage'] =>
  async ({ kind, id }) => {
    const settled = await vault.settle(kind, id)
    if (!settled.ok) return settled
    news({ kind: 'identities-changed' })
    return ok({})
  }
