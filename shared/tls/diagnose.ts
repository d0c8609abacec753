import { judgeAnswer } from './answered.ts'
import type { Attempt, Verdict } from './attempt.ts'
import type { Context } from './context.ts'
import { type Cause, weigh } from './evidence.ts'
import { failureCauses } from './failure-causes.ts'
import { type CauseCode, catalogue } from './failures.ts'

/**
 * What an attempt means: an outcome, and the causes that its facts leave possible, likeliest first, each with its
 * evidence. `accepted`: an answer was read and nobody refused. `refused`: somebody said no, be it the server to our
 * certificate, the application to our credentials, or we to a server that we do not trust. `unreachable`: nobody said
 * anything about anybody. `ok` is never among the causes of a refusal.
 */
export function diagnose(attempt: Attempt, context: Context): Verdict {
  const { causes, outcome, title } = attempt.http
    ? judgeAnswer(attempt, attempt.http, context)
    : judgeFailure(attempt, context)
  const first = causes[0] ?? weigh([{ code: 'tls.failed', weight: 1, says: 'Nothing more is known.' }])[0]!
  return {
    outcome,
    title: title ?? titleOf(first),
    cause: first.code,
    causes: causes.length > 0 ? causes : [first],
    ...(first.next ? { next: first.next } : {}),
    ...(context.probes ? { probes: context.probes } : {}),
  }
}

function judgeFailure(
  attempt: Attempt,
  context: Context,
): { outcome: Verdict['outcome']; causes: Cause[]; title?: string } {
  const causes = failureCauses(attempt, context)
  // Whom we do not trust was reached, whoever it is.
  const reached = attempt.failure?.during === 'server-trust' || !causes[0]?.code.startsWith('net.')
  return { outcome: reached ? 'refused' : 'unreachable', causes }
}

/** The words on top claim no more than was seen. */
function titleOf({ certainty, code }: Cause): string {
  const { title } = catalogue[code as CauseCode]
  if (certainty === 'proven') return title
  // TLS stays as it is; everything else begins with an article or a common word.
  const inside = /^[A-Z]{2}/.test(title) ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`
  return `${certainty === 'likely' ? 'Most likely' : 'Possibly'}: ${inside}`
}
