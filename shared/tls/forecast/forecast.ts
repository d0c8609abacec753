import type { ForecastRow } from '../kept-attempts.ts'
import { curl } from './curl.ts'
import { dotnet } from './dotnet.ts'
import { electron } from './electron.ts'
import { everywhere } from './everywhere.ts'
import { go } from './go.ts'
import { java17 } from './java-17.ts'
import { node20 } from './node-20.ts'
import { node24 } from './node-24.ts'
import { python } from './python.ts'
import type { Rule, Runtime } from './rule.ts'
import { type Situation, type Trait, traitsOf } from './traits.ts'

export const runtimes: readonly Runtime[] = [node20, node24, electron, curl, java17, go, python, dotnet]

type Answer = ForecastRow['loads'] & { prints?: string }

/** From worst to best, so that of several rules the gravest answers. */
const gravity = { no: 3, unknown: 2, partly: 1 } as const

/**
 * What other programs would do with this identity and this server: load the files, send the certificate, accept the
 * server. The rules were measured, or read where that was not possible; a row says which. `attempt` decides what can be
 * said of sending and trusting: without one those are `unknown`.
 */
export function forecastFor(situation: Situation): ForecastRow[] {
  const traits = traitsOf(situation)
  return runtimes.map((runtime) => rowOf(runtime, traits, situation))
}

function rowOf(runtime: Runtime, traits: ReadonlySet<Trait>, { attempt }: Situation): ForecastRow {
  const loads = answerOf(runtime, 'loads', traits) ?? { answer: 'yes' as const, why: 'It reads these files.' }
  const sees = attempt !== undefined && attempt.certificateAsked !== undefined
  const sends: Answer =
    answerOf(runtime, 'sends', traits) ??
    (sees
      ? { answer: 'yes', why: 'The server asks, and key and authority fit.' }
      : { answer: 'unknown', why: 'A test with the server shows what it asks for.' })
  const shown = (attempt?.serverChain.length ?? 0) > 0
  const trusts: Answer =
    answerOf(runtime, 'trusts', traits) ??
    (shown
      ? {
          answer: 'yes',
          why: traits.has('trust-was-given') ? runtime.givesTrust : 'The server’s chain is complete and trusted.',
        }
      : { answer: 'unknown', why: 'A test with the server shows its certificate.' })
  return {
    runtime: runtime.id,
    name: runtime.name,
    loads: told(loads),
    sends: told(sends),
    trusts: told(trusts),
    says: endOf(loads, sends, trusts),
    measured: runtime.measured,
  }
}

const told = ({ answer, why }: Answer): ForecastRow['loads'] => ({ answer, why })

/** The gravest rule that applies; a runtime’s own rule stands in place of the general one for the same trait. */
function answerOf({ rules }: Runtime, asks: Rule['asks'], traits: ReadonlySet<Trait>): Answer | null {
  const own = rules.filter((rule) => rule.asks === asks)
  const shared = everywhere.filter((rule) => rule.asks === asks && !own.some(({ when }) => when === rule.when))
  const [first] = [...own, ...shared]
    .filter(({ when }) => traits.has(when))
    .sort((a, b) => gravity[b.answer] - gravity[a.answer])
  if (!first) return null
  const why = first.documented ? `${first.why} (Documented, not measured.)` : first.why
  return { answer: first.answer, why, ...(first.prints ? { prints: first.prints } : {}) }
}

/** The first step that fails, in the order of a call: files, then the server’s certificate, then ours. */
function endOf(loads: Answer, sends: Answer, trusts: Answer): string {
  const prints = ({ prints: text }: Answer) => (text ? ` It prints: ${text}` : '')
  if (loads.answer === 'no') return `Does not come to a connection.${prints(loads)}`
  if (trusts.answer === 'no') return `Refuses the server.${prints(trusts)}`
  if (sends.answer === 'no') return `Calls without the certificate: the server sees none.${prints(sends)}`
  const doubts = [loads, trusts, sends].filter(({ answer }) => answer !== 'yes')
  if (doubts.length === 0) return 'Should work.'
  if (doubts.every(({ answer }) => answer === 'unknown')) return 'Cannot be said without more.'
  return 'May work, on the conditions given.'
}
