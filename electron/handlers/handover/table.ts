import type { handoverCalls } from '../../../shared/calls/handover.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { exportFor } from './export-for.ts'
import { saveSnippet } from './save-snippet.ts'

/** Who answers the calls of `shared/calls/handover.ts`. */
export const handoverHandlers = (means: Means): Pick<Handlers, keyof typeof handoverCalls> => ({
  saveSnippet: saveSnippet(means),
  exportFor: exportFor(means),
})
