import type { tokenCalls } from '../../../shared/calls/tokens.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Who answers the calls of `shared/calls/tokens.ts`. */
export const tokenHandlers = (_means: Means): Pick<Handlers, keyof typeof tokenCalls> => ({})
