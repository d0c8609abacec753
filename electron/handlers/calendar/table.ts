import type { calendarCalls } from '../../../shared/calls/calendar.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Who answers the calls of `shared/calls/calendar.ts`. */
export const calendarHandlers = (_means: Means): Pick<Handlers, keyof typeof calendarCalls> => ({})
