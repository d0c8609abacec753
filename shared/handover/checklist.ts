import type { HandoverFacts, HandoverMarks } from '../identity.ts'
import type { HandoverStep } from '../providers/handing-over.ts'
import type { Profile } from '../providers/profile.ts'
import { dayOf } from '../renewal/renewal.ts'
import { stepsOf } from './usual-steps.ts'

/** What the app knows beside the identity itself: it has to look for it. */
export type Evidence = {
  /** The last webhook of this provider that came from outside with an accepted certificate. */
  webhook?: { at: string; from: string }
  /** A certificate that was issued here for this provider’s request; `here` when for this environment. */
  signed?: { at: string; name: string; here: boolean }
}

export type CheckItem = {
  step: HandoverStep
  /** `next` is the first open one of its direction; `skipped` is not needed, as the user said. */
  state: 'done' | 'skipped' | 'next' | 'open'
  /** ISO, a day or a moment. */
  on?: string
  /** The app saw it itself, so it cannot be taken back. */
  seen?: true
  /** To whom it was sent. */
  to?: string
  /** What the app saw that speaks for it, where that is no proof. */
  told?: string
}

/** What an identity tells of its hand-over; `practice` tests prove nothing about the real provider. */
export function handoverFactsOf(record: {
  createdAt: string
  practice: boolean
  certificatePem?: string
  lastTest?: { at: string; outcome: string; practice?: true }
  ticks?: { sent?: { to: string; on: string } }
  handed?: HandoverFacts['marks']
  history: readonly { at: string; what: string }[]
}): HandoverFacts {
  const { lastTest, history, handed, ticks, practice } = record
  const came = history.findLast(({ what }) => what === 'attached' || what === 'self-signed' || what === 'imported')
  const exported = history.findLast(({ what }) => what === 'exported')
  const accepted = lastTest?.outcome === 'accepted' && (practice || lastTest.practice !== true)
  return {
    marks: handed ?? {},
    ...(ticks?.sent && { sent: ticks.sent }),
    ...(record.certificatePem !== undefined && { certificateOn: came?.at ?? record.createdAt }),
    selfSigned: came?.what === 'self-signed',
    ...(accepted && { acceptedOn: lastTest.at }),
    ...(exported && { exportedOn: exported.at }),
  }
}

/**
 * The checklist with its state: what the app sees ticks itself off, the rest as it was ticked by hand. Per environment,
 * as an identity is.
 */
export function checklistOf(
  profile: Profile,
  environment: string,
  facts: HandoverFacts,
  evidence: Evidence = {},
): CheckItem[] {
  const items = stepsOf(profile, environment).map((step): CheckItem => {
    const seen = seenOf(step, facts, evidence)
    if (seen) return { step, state: 'done', ...seen }
    const mark = Object.hasOwn(facts.marks, step.id) ? stillTrue(step, facts.marks[step.id], facts) : undefined
    const told = toldOf(step, evidence)
    if (mark) return { step, state: mark.skipped ? 'skipped' : 'done', on: mark.on, ...(told && { told }) }
    return { step, state: 'open', ...(told && { told }) }
  })
  for (const direction of ['you-call', 'calls-you'] as const) {
    const first = items.find(({ state, step }) => state === 'open' && step.direction === direction)
    if (first) first.state = 'next'
  }
  return items
}

/**
 * The ticks that a renewal begins with: an opened firewall stays open, and webhooks go on. What hands in a request or a
 * certificate is to be done again.
 */
export function carriedMarks(profile: Profile, environment: string, marks: HandoverMarks): HandoverMarks {
  const again = new Set(
    stepsOf(profile, environment)
      .filter(({ gives }) => gives.includes('request') || gives.includes('certificate'))
      .map(({ id }) => id),
  )
  return Object.fromEntries(Object.entries(marks).filter(([id]) => !again.has(id)))
}

/** What was handed in before this certificate was made was another one. */
function stillTrue<T extends { on: string }>(
  step: HandoverStep,
  mark: T | undefined,
  { certificateOn }: HandoverFacts,
) {
  const stale = step.gives.includes('certificate') && certificateOn && mark && mark.on < dayOf(new Date(certificateOn))
  return stale ? undefined : mark
}

type Seen = Pick<CheckItem, 'on' | 'to' | 'seen'>

function seenOf(step: HandoverStep, facts: HandoverFacts, { signed }: Evidence): Seen | undefined {
  const { seen } = step
  const sent = stillTrue(step, facts.sent, facts)
  // Sent is ticked by a person, but once for the renewal and the hand-over alike.
  if (seen.includes('sent') && sent) return { on: sent.on, to: sent.to }
  // One that was signed here says nothing about what was sent.
  const certificate = seen.includes('sent') && facts.selfSigned ? undefined : facts.certificateOn
  const days = {
    sent: undefined,
    certificate,
    accepted: facts.acceptedOn,
    exported: facts.exportedOn,
    signed: signed?.here ? signed.at : undefined,
    webhook: undefined,
  }
  const on = seen.map((one) => days[one]).find((day) => day !== undefined)
  return on === undefined ? undefined : { on, seen: true }
}

function toldOf({ seen }: HandoverStep, { webhook, signed }: Evidence): string | undefined {
  if (seen.includes('webhook') && webhook)
    return `A webhook came in from ${webhook.from} on ${webhook.at.slice(0, 10)}, with a certificate that was accepted.`
  if (seen.includes('signed') && signed)
    return `“${signed.name}” was issued here on ${signed.at.slice(0, 10)} for a request of this provider.`
  return undefined
}

/** How far it is: of the steps that are needed, how many are done, and which is next (your calls before theirs). */
export function progressOf(items: readonly CheckItem[]): { done: number; of: number; next?: CheckItem } {
  const needed = items.filter(({ state }) => state !== 'skipped')
  const next = needed.find(({ state }) => state === 'next')
  return { done: needed.filter(({ state }) => state === 'done').length, of: needed.length, ...(next && { next }) }
}
