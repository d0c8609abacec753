import type { NewExtension } from '../pki/extension-writer.ts'
import type { AskedExtension } from './asked.ts'
import type { Choice, PlanIssue, PlanRow } from './plan-row.ts'

/** What becomes of one extension. `written` is absent where it is left out. */
export type ExtensionDecision = {
  oid: string
  asked?: AskedExtension
  choice: Choice
  offers: Choice[]
  edit: PlanRow['edit']
  set: string[]
  written?: NewExtension
  issues: PlanIssue[]
  wrong?: string
}
