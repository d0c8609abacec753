import type { renewalCalls } from '../../../shared/calls/renewal.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Who answers the calls of `shared/calls/renewal.ts`. */
export const renewalHandlers = (_means: Means): Pick<Handlers, keyof typeof renewalCalls> => ({})
