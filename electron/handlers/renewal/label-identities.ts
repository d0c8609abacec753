import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { changeIdentity } from '../identity-detail.ts'

const mostTags = 20

/** The user's own words beside an identity; nothing of it reaches the provider. */
export const noteIdentity =
  (means: Means): Handlers['noteIdentity'] =>
  ({ identity, note }) =>
    changeIdentity(means, identity, (record) => ({ ...record, note: note.trim() === '' ? undefined : note }))

/** Tags many at once. One that is gone meanwhile is passed over; a locked vault refuses before the first. */
export const tagIdentities =
  ({ vault, news }: Means): Handlers['tagIdentities'] =>
  async ({ identities, add, remove }) => {
    let changed = 0
    for (const identity of identities) {
      const record = await vault.identities.find(identity)
      if (!record) continue
      const before = record.tags ?? []
      const tags = [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])].slice(0, mostTags)
      if (tags.length === before.length && tags.every((tag, at) => tag === before[at])) continue
      const written = await vault.identities.change(identity, (one) => ({
        ...one,
        tags: tags.length > 0 ? tags : undefined,
      }))
      if (written && !written.ok) return written
      if (written) changed++
    }
    if (changed > 0) news({ kind: 'identities-changed' })
    return ok({ changed })
  }
