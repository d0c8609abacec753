import type { handoverCalls } from '../../../shared/calls/handover.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { exportFor } from './export-for.ts'
import { readHandover } from './read-handover.ts'
import { saveSheet } from './save-sheet.ts'
import { saveSnippet } from './save-snippet.ts'
import { tickHandover } from './tick-handover.ts'

/** Who answers the calls of `shared/calls/handover.ts`. */
export const handoverHandlers = (means: Means): Pick<Handlers, keyof typeof handoverCalls> => ({
  saveSnippet: saveSnippet(means),
  exportFor: exportFor(means),
  readHandover: readHandover(means),
  tickHandover: tickHandover(means),
  saveSheet: saveSheet(means),
})
