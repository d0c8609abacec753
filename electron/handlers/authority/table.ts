import type { authorityCalls } from '../../../shared/calls/authority.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Who answers the calls of `shared/calls/authority.ts`. */
export const authorityHandlers = (_means: Means): Pick<Handlers, keyof typeof authorityCalls> => ({})
