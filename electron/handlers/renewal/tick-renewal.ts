import type { Tick } from '../../../shared/calls/renewal.ts'
import type { IdentityDetail } from '../../../shared/identity.ts'
import { type Result, refuse } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { TestingMeans } from '../../means.ts'
import { type IdentityRecord, withEvent } from '../../vault/identity-record.ts'
import { changeIdentity, findIdentity } from '../identity-detail.ts'

/**
 * Ticks a step of a renewal, or takes the tick back. One write each, so that a crash leaves a step done or not done: what
 * was sent and switched rests with the new identity, that the old one is retired with the old one.
 */
export const tickRenewal =
  (means: TestingMeans): Handlers['tickRenewal'] =>
  async ({ identity, tick }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { plan, certificatePem, ticks } = found.value
    if (plan.renews === undefined) return refuse({ code: 'renewal.none-under-way', name: plan.name })
    if (tick.step === 'sent') return changeTicks(means, identity, tick)
    if (certificatePem === undefined) return refuse({ code: 'renewal.not-here-yet', name: plan.name })
    if (tick.step === 'switched') return changeTicks(means, identity, tick)
    if (ticks?.switchedOn === undefined) return refuse({ code: 'renewal.not-switched', name: plan.name })
    return retire(means, found.value, plan.renews, tick.on)
  }

function changeTicks(
  means: TestingMeans,
  identity: string,
  tick: Exclude<Tick, { step: 'retired' }>,
): Promise<Result<IdentityDetail>> {
  const at = means.now().toISOString()
  return changeIdentity(means, identity, (record) => {
    if (tick.step === 'sent') {
      const sent = tick.sent ?? undefined
      const event = sent ? { at, what: 'sent' as const, detail: sent.to } : undone(at, 'sent')
      return { ...withEvent(record, event), ticks: { ...record.ticks, sent } }
    }
    const event = tick.on ? { at, what: 'switched-over' as const } : undone(at, 'switched over')
    return { ...withEvent(record, event), ticks: { ...record.ticks, switchedOn: tick.on ?? undefined } }
  })
}

const undone = (at: string, detail: string) => ({ at, what: 'tick-undone' as const, detail })

async function retire(
  means: TestingMeans,
  successor: IdentityRecord,
  old: string,
  on: string | null,
): Promise<Result<IdentityDetail>> {
  const at = means.now().toISOString()
  const { handle } = successor
  const retired = await changeIdentity(means, old, (record) => {
    if (on !== null) {
      const event = { at, what: 'replaced' as const, detail: successor.plan.name }
      return { ...withEvent(record, event), state: 'replaced', replacedBy: handle, retiredOn: on }
    }
    const state = record.certificatePem === undefined ? 'requested' : 'ready'
    return { ...withEvent(record, undone(at, 'retired')), state, replacedBy: undefined, retiredOn: undefined }
  })
  if (!retired.ok) {
    const gone = retired.problem.code === 'vault.no-such-identity'
    return gone ? refuse({ code: 'renewal.none-under-way', name: successor.plan.name }) : retired
  }
  const { certificatePem } = retired.value
  if (certificatePem) means.practice.putOnFile(certificatePem, on === null)
  return changeIdentity(means, handle, (record) => record)
}
