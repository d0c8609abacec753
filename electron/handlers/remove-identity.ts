import { ok, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

/** Removes an identity and its key for good, the previous version and the history of its tests included. */
export const removeIdentity =
  ({ vault, history, news }: Means): Handlers['removeIdentity'] =>
  async ({ identity }) => {
    if (!(await vault.identities.remove(identity))) return refuse({ code: 'vault.no-such-identity' })
    await history.forgetIdentity(identity)
    news({ kind: 'identities-changed' })
    return ok({})
  }
