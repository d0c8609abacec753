import { ok } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { putIntoBin } from './renewal/bin.ts'

/** Puts an identity into the bin, from where it can be had back for thirty days. */
export const removeIdentity =
  (means: Means): Handlers['removeIdentity'] =>
  async ({ identity }) => {
    const removed = await putIntoBin(means, [identity])
    return removed.ok ? ok({}) : removed
  }
