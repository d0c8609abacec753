import type { Result } from '../../shared/result.ts'
import type { IdentityRecord } from './identity-record.ts'
import type { Shelf } from './shelf.ts'
import type { Vault } from './vault.ts'

/** What was removed and may still be had back. */
export type Bin = {
  /** Latest first. */
  list(): Promise<Binned[]>
  find(id: string): Promise<Binned | undefined>
  /** Undefined when there is no such identity outside of the bin. */
  put(id: string, change: (record: IdentityRecord) => IdentityRecord): Promise<Result<IdentityRecord> | undefined>
  restore(id: string, change: (record: IdentityRecord) => IdentityRecord): Promise<Result<IdentityRecord> | undefined>
  /** For good: the file, the version before it, and with them the sealed key. False when it is not in the bin. */
  remove(id: string): Promise<boolean>
}

export type Binned = IdentityRecord & { removedAt: string }

export type BinnedVault = Vault & { bin: Bin }

/**
 * One folder, two shelves. An identity in the bin is the same file with a mark in it: putting it there and taking it
 * back are one write each, its secrets stay sealed as they are, and its handle stays its own. Whoever looks at the
 * identities sees none of them.
 */
export function withBin(vault: Vault): BinnedVault {
  const all: Shelf<IdentityRecord> = vault.identities
  const isBinned = (record: IdentityRecord): record is Binned => record.removedAt !== undefined
  const outside = async (id: string) => {
    const record = await all.find(id)
    return record && !isBinned(record) ? record : undefined
  }
  const inside = async (id: string) => {
    const record = await all.find(id)
    return record && isBinned(record) ? record : undefined
  }
  return {
    ...vault,
    identities: {
      ...all,
      async list() {
        const { records, ...rest } = await all.list()
        return { ...rest, records: records.filter((record) => !isBinned(record)) }
      },
      find: outside,
      change: async (id, change, secrets) => ((await outside(id)) ? all.change(id, change, secrets) : undefined),
      remove: async (id) => ((await outside(id)) ? all.remove(id) : false),
    },
    bin: {
      async list() {
        const { records } = await all.list()
        return records.filter(isBinned).sort((a, b) => b.removedAt.localeCompare(a.removedAt))
      },
      find: inside,
      put: async (id, change) => ((await outside(id)) ? all.change(id, change) : undefined),
      restore: async (id, change) => ((await inside(id)) ? all.change(id, change) : undefined),
      remove: async (id) => ((await inside(id)) ? all.remove(id) : false),
    },
  }
}
