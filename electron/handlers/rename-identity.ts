import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { withEvent } from '../vault/identity-record.ts'
import { changeIdentity } from './identity-detail.ts'

export const renameIdentity =
  (means: Means): Handlers['renameIdentity'] =>
  ({ identity, name }) =>
    changeIdentity(means, identity, (record) => ({
      ...withEvent(record, { at: means.now().toISOString(), what: 'renamed', detail: record.plan.name }),
      plan: { ...record.plan, name },
    }))
