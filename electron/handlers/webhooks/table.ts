import type { webhookCalls } from '../../../shared/calls/webhooks.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Who answers the calls of `shared/calls/webhooks.ts`. */
export const webhookHandlers = (_means: Means): Pick<Handlers, keyof typeof webhookCalls> => ({})
