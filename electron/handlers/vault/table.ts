import type { vaultCalls } from '../../../shared/calls/vault.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Who answers the calls of `shared/calls/vault.ts`. */
export const vaultHandlers = (_means: Means): Pick<Handlers, keyof typeof vaultCalls> => ({})
