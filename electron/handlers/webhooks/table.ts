import type { webhookCalls } from '../../../shared/calls/webhooks.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { doorHandlers } from './door-table.ts'
import { listenerHandlers } from './listener-table.ts'

/** Who answers the calls of `shared/calls/webhooks.ts`. */
export const webhookHandlers = (means: Means): Pick<Handlers, Exclude<keyof typeof webhookCalls, 'listenerState'>> => ({
  ...listenerHandlers(means),
  ...doorHandlers(means),
})
