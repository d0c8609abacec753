import { paperOfCause } from '../../shared/guide/verdict-papers.ts'
import type { Verdict } from '../../shared/tls/attempt.ts'

/** Something with a code, a verdict’s where nothing else is said, and the paragraph of the guide about it. */
export function withGuide<T extends { code: string }>(told: T, paperOf = paperOfCause): T & { guide?: string } {
  const guide = paperOf(told.code)
  return guide === undefined ? told : { ...told, guide }
}

/** A verdict as `--json` prints it. */
export function verdictJson(verdict: Verdict) {
  const guide = paperOfCause(verdict.cause)
  return { ...verdict, ...(guide !== undefined && { guide }), causes: verdict.causes.map((cause) => withGuide(cause)) }
}
