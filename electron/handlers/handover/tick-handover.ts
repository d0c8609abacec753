import { blanksFor, filledStep } from '../../../shared/handover/hand-texts.ts'
import { stepsOf } from '../../../shared/handover/usual-steps.ts'
import type { HandoverStep } from '../../../shared/providers/handing-over.ts'
import { refuse } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { type IdentityRecord, withEvent } from '../../vault/identity-record.ts'
import { changeIdentity, findIdentity } from '../identity-detail.ts'

type Tick = Parameters<Handlers['tickHandover']>[0]['tick']

/** Ticks steps of the hand-over in one write, so that a crash leaves all of them or none. */
export const tickHandover =
  (means: Means): Handlers['tickHandover'] =>
  async ({ identity, steps: ids, tick }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { plan, providerName } = found.value
    const profile = await means.providers.find(plan.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: plan.provider })
    const known = stepsOf(profile, plan.environment)
    const steps = ids.map((id) => known.find((step) => step.id === id))
    if (steps.some((step) => step === undefined))
      return refuse({ code: 'handover.no-such-step', provider: providerName })
    const values = blanksFor(profile, { plan })
    const at = means.now().toISOString()
    return changeIdentity(means, identity, (record) =>
      (steps as HandoverStep[]).reduce(
        (now, step) => withEvent(marked(now, step, tick), eventOf(step, tick, at, filledStep(step, values).title)),
        record,
      ),
    )
  }

/** What was sent is one tick for the hand-over and a renewal alike. */
function marked(record: IdentityRecord, { id, seen }: HandoverStep, tick: Tick): IdentityRecord {
  const { [id]: _, ...others } = record.handed ?? {}
  const sends = seen.includes('sent') && !tick?.skipped
  if (sends) {
    const sent = tick ? { to: tick.to ?? '', on: tick.on } : undefined
    return { ...record, handed: others, ticks: { ...record.ticks, sent } }
  }
  const mark = tick && { on: tick.on, ...(tick.skipped && { skipped: tick.skipped }) }
  return { ...record, handed: mark ? { ...others, [id]: mark } : others }
}

function eventOf(step: HandoverStep, tick: Tick, at: string, title: string) {
  if (tick === null) return { at, what: 'tick-undone' as const, detail: title }
  if (tick.skipped) return { at, what: 'step-not-needed' as const, detail: title }
  if (step.seen.includes('sent') && tick.to) return { at, what: 'sent' as const, detail: tick.to }
  return { at, what: 'step-done' as const, detail: title }
}
