import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { type IdentityRecord, withEvent } from '../../vault/identity-record.ts'
import { summaryOf } from '../identity-summary.ts'

const dayMs = 86_400_000

/** How long what was removed can be had back. */
export const binDays = 30

/** Days until it is removed for good; a clock that was set back does not lengthen the stay past its term. */
const daysLeftOf = (removedAt: string, now: Date): number =>
  Math.min(binDays, Math.ceil((Date.parse(removedAt) + binDays * dayMs - now.getTime()) / dayMs))

/** Puts identities into the bin. One that is gone meanwhile is passed over, unless it was the only one. */
export async function putIntoBin(means: Means, identities: readonly string[]): Promise<Result<{ removed: number }>> {
  const { vault, news, now } = means
  const at = now().toISOString()
  let removed = 0
  for (const identity of identities) {
    const put = await vault.bin.put(identity, (record) => ({
      ...withEvent(record, { at, what: 'removed' }),
      removedAt: at,
    }))
    if (put && !put.ok) return put
    if (put) removed++
    if (put) await noteOf(vault, 'removed', put.value)
  }
  if (removed === 0) return refuse({ code: 'vault.no-such-identity' })
  news({ kind: 'identities-changed' })
  return ok({ removed })
}

export const removeIdentities =
  (means: Means): Handlers['removeIdentities'] =>
  ({ identities }) =>
    putIntoBin(means, identities)

/** What is in the bin, latest first; what has been there for its time goes now. */
export const listBin =
  (means: Means): Handlers['listBin'] =>
  async () => {
    await emptyBin(means)
    const [records, { keptBy }] = [await means.vault.bin.list(), await means.vault.state()]
    const now = means.now()
    return ok({
      days: binDays,
      entries: records.map((record) => ({
        identity: summaryOf(record, keptBy),
        removedAt: record.removedAt,
        daysLeft: daysLeftOf(record.removedAt, now),
      })),
    })
  }

export const restoreIdentities =
  ({ vault, news, now }: Means): Handlers['restoreIdentities'] =>
  async ({ identities }) => {
    const at = now().toISOString()
    let restored = 0
    for (const identity of identities) {
      const back = await vault.bin.restore(identity, (record) => ({
        ...withEvent(record, { at, what: 'restored' }),
        removedAt: undefined,
      }))
      if (back && !back.ok) return back
      if (back) restored++
      if (back) await noteOf(vault, 'taken-back', back.value)
    }
    if (restored === 0) return refuse({ code: 'bin.not-there' })
    news({ kind: 'identities-changed' })
    return ok({ restored })
  }

/** Removes from the bin for good: key, certificate, the version before, the history of its tests. */
export const eraseIdentities =
  ({ vault, history, news }: Means): Handlers['eraseIdentities'] =>
  async ({ identities }) => {
    let erased = 0
    for (const identity of identities) {
      const record = await vault.bin.find(identity)
      if (!record || !(await vault.bin.remove(identity))) continue
      await noteOf(vault, 'erased', record)
      await history.forgetIdentity(identity)
      erased++
    }
    if (erased === 0) return refuse({ code: 'bin.not-there' })
    news({ kind: 'identities-changed' })
    return ok({ erased })
  }

const hourMs = 3_600_000

/** Empties the bin while the app runs: at start it may be locked, and a window may stay open for weeks. */
export function createBinKeeper(means: Pick<Means, 'vault' | 'history' | 'now'>) {
  let timer: NodeJS.Timeout | undefined
  return {
    start(onFault: (fault: unknown) => void) {
      const run = () => void emptyBin(means).catch(onFault)
      run()
      timer = setInterval(run, hourMs)
    },
    stop: () => clearInterval(timer),
  }
}

/** What has been in the bin for thirty days is removed for good; what is locked waits until it is open. */
export async function emptyBin({ vault, history, now }: Pick<Means, 'vault' | 'history' | 'now'>): Promise<number> {
  const over = (await vault.bin.list()).filter(({ removedAt }) => daysLeftOf(removedAt, now()) <= 0)
  let erased = 0
  for (const record of over) {
    if (!(await vault.bin.remove(record.handle))) continue
    await noteOf(vault, 'erased', record)
    await history.forgetIdentity(record.handle)
    erased++
  }
  return erased
}

const noteOf = ({ journal }: Means['vault'], what: string, { handle, plan }: IdentityRecord) =>
  journal.note({ what, kind: 'identity', id: handle, name: plan.name })
