import { paperOfCause } from '../../shared/guide/verdict-papers.ts'
import type { Verdict } from '../../shared/tls/attempt.ts'

/** Something with a verdict’s code, and the paragraph of the guide about it. */
export function withGuide<T extends { code: string }>(told: T): T & { guide?: string } {
  const guide = paperOfCause(told.code)
  return guide === undefined ? told : { ...told, guide }
}

/** A verdict as `--json` prints it. */
export function verdictJson(verdict: Verdict) {
  const guide = paperOfCause(verdict.cause)
  return { ...verdict, ...(guide !== undefined && { guide }), causes: verdict.causes.map(withGuide) }
}
