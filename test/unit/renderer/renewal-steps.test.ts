import { describe, expect, it } from 'vitest'
import { nextStep } from '../../../renderer/identities/next-step.ts'
import { renewalSteps } from '../../../renderer/identities/renewal-steps.ts'
import type { Renewal } from '../../../shared/identity.ts'
import { profileNamed } from '../providers/plans.ts'

const today = new Date(2026, 5, 20)
const begun: Renewal = {
  side: 'new',
  old: { handle: 'oldoldold', name: 'Acme 2025' },
  new: { handle: 'newnewnew', name: 'Acme 2026' },
  sameKey: false,
  selfSigned: false,
  startedOn: '2026-06-01T10:00:00Z',
}
const sent = { ...begun, sent: { to: 'Jane', on: '2026-06-08' } }
const home = { ...sent, cameBackOn: '2026-06-19T10:00:00Z' }
const tested = { ...home, testedOn: '2026-06-19T11:00:00Z' }
const switched = { ...tested, switchedOn: '2026-06-20' }
const retired = { ...switched, retiredOn: '2026-06-20' }

/** A step in short: `+` done, `>` next, and what one may do with it. */
const short = (renewal: Renewal, self = false) =>
  renewalSteps(renewal, 'Truv', self, today).map(
    ({ id, on, next, byHand }) => `${on ? '+' : next ? '>' : ''}${id}${byHand ? ` ${byHand}` : ''}`,
  )

describe('the checklist', () => {
  it.each<[string, Renewal, string[]]>([
    ['begun', begun, ['+started', '>sent may-tick', 'came', 'tested', 'switched not-yet', 'retired not-yet']],
    ['sent', sent, ['+started', '+sent may-undo', '>came', 'tested', 'switched not-yet', 'retired not-yet']],
    ['home', home, ['+started', '+sent may-undo', '+came', '>tested', 'switched may-tick', 'retired not-yet']],
    ['tested', tested, ['+started', '+sent may-undo', '+came', '+tested', '>switched may-tick', 'retired not-yet']],
    [
      'switched',
      switched,
      ['+started', '+sent may-undo', '+came', '+tested', '+switched may-undo', '>retired may-tick'],
    ],
    ['retired', retired, ['+started', '+sent may-undo', '+came', '+tested', '+switched', '+retired may-undo']],
  ])('%s', (_, renewal, steps) => {
    expect(short(renewal)).toEqual(steps)
  })

  it('of a provider that takes self-signed ones signs before it hands in', () => {
    expect(short({ ...begun, selfSigned: false }, true)[1]).toBe('>signed')
    const signed = { ...begun, cameBackOn: '2026-06-02T10:00:00Z', selfSigned: true }
    expect(short(signed, true).slice(0, 3)).toEqual(['+started', '+signed', '>sent may-tick'])
  })

  it('says how long one has waited', () => {
    expect(renewalSteps(sent, 'Truv', false, today).find(({ id }) => id === 'came')?.says).toMatch(/12 days$/)
  })

  it('has nothing to switch from when the old one is gone', () => {
    expect(short({ ...tested, old: null })).toEqual(['+started', '+sent may-undo', '+came', '+tested'])
  })
})

describe('the next step of a renewal', () => {
  const identity = {
    state: 'ready' as const,
    provider: 'truv',
    providerName: 'Truv',
    environment: 'sandbox',
    certificatePem: 'pem',
    notAfter: '2027-06-01T00:00:00Z',
    history: [],
    findings: [],
    lastTest: { at: '2026-06-19T11:00:00Z', outcome: 'accepted' as const, title: '' },
  }
  const step = (renewal: Renewal, more = {}) =>
    nextStep({ ...identity, renewal, ...more }, profileNamed('truv'), today, 30)

  it.each<[string, Renewal, object, string, RegExp]>([
    ['waits for the provider', sent, { certificatePem: undefined }, 'send', /^Waiting for Truv since .*, 12 days\./],
    ['leads from the old one to the new one', { ...sent, side: 'old' }, {}, 'open-new', /renewal: waiting 12 days/],
    ['is the export once the new one works', tested, {}, 'export', /Hand key and certificate/],
    [
      'is the tick once it was handed over',
      tested,
      { history: [{ at: '2026-06-19T11:00:00Z', what: 'exported' }] },
      'renewal',
      /your service uses it/,
    ],
    ['reminds to remove the old one', switched, {}, 'renewal', /Remove the certificate of “Acme 2025” at Truv/],
    [
      'reminds on the old one’s page too',
      { ...switched, side: 'old' },
      {},
      'renewal',
      /Remove this certificate at Truv/,
    ],
    ['is the test while none was accepted', home, { lastTest: undefined }, 'test', /Prove that a call works/],
  ])('%s', (_, renewal, more, does, says) => {
    const next = step(renewal, more)
    expect([next.does, next.says]).toEqual([does, expect.stringMatching(says)])
  })
})
