import type { Renewal } from '../../shared/identity.ts'
import { stageOf, waitingDays } from '../../shared/renewal/renewal.ts'
import { dayText } from '../parts/dates.ts'

export type RenewalStep = {
  id: 'started' | 'signed' | 'sent' | 'came' | 'tested' | 'switched' | 'retired'
  label: string
  /** The day on which it was done. */
  on?: string
  says?: string
  /** A person ticks it off, and may take that back. */
  byHand?: 'may-tick' | 'may-undo' | 'not-yet'
  /** It is this step's turn. */
  next?: true
}

/** The checklist of a renewal, in the order of its doing. `provider` is the name for sentences. */
export function renewalSteps(renewal: Renewal, provider: string, self: boolean, today: Date): RenewalStep[] {
  const { startedOn, sameKey, sent, cameBackOn, testedOn, switchedOn, retiredOn, old } = renewal
  const stage = stageOf(renewal)
  const days = waitingDays(renewal, today)
  const steps: RenewalStep[] = [
    { id: 'started', label: sameKey ? 'Request made, with the same key' : 'New key and request made', on: startedOn },
    {
      id: 'sent',
      label: self ? `Certificate handed in at ${provider}` : `Request sent to ${provider}`,
      on: sent?.on,
      says: sent?.to ? `to ${sent.to}` : undefined,
      byHand: sent ? 'may-undo' : 'may-tick',
    },
    {
      id: 'came',
      label: 'Certificate came back',
      on: cameBackOn,
      says:
        days !== null && sent ? `waiting since ${dayText(sent.on)}, ${days} ${days === 1 ? 'day' : 'days'}` : undefined,
    },
    {
      id: 'tested',
      label: 'New one tested',
      on: testedOn,
      says: testedOn ? 'the last test was accepted' : cameBackOn && 'no accepted test yet',
    },
  ]
  if (self) {
    const signed: RenewalStep = { id: 'signed', label: 'New certificate signed', on: cameBackOn }
    steps.splice(2, 1)
    steps.splice(1, 0, signed)
  }
  if (old) {
    const undo = retiredOn === undefined ? 'may-undo' : undefined
    steps.push(
      {
        id: 'switched',
        label: 'Your service uses the new one',
        on: switchedOn,
        byHand: switchedOn ? undo : cameBackOn ? 'may-tick' : 'not-yet',
      },
      {
        id: 'retired',
        label: `Old one removed at ${provider}`,
        on: retiredOn,
        byHand: retiredOn ? 'may-undo' : switchedOn ? 'may-tick' : 'not-yet',
      },
    )
  }
  const turn = {
    'to-send': 'sent',
    waiting: 'came',
    'to-test': 'tested',
    'to-switch': 'switched',
    'to-retire': 'retired',
    done: '',
  }
  const now = self && !cameBackOn ? 'signed' : turn[stage]
  return steps.map((step) => (step.id === now ? { ...step, next: true } : step))
}
