import { describe, expect, it } from 'vitest'
import { leftText, matching, sorted } from '../../../renderer/identities/identity-order.ts'
import { nextStep } from '../../../renderer/identities/next-step.ts'
import { stateWords } from '../../../renderer/parts/state-words.ts'
import type { IdentitySummary } from '../../../shared/identity.ts'
import { profileNamed } from '../providers/plans.ts'

const today = new Date('2026-11-22T12:00:00Z')

const identity = (name: string, change: Partial<IdentitySummary> = {}): IdentitySummary => ({
  handle: name.toLowerCase().padEnd(8, '0'),
  name,
  provider: 'truv',
  providerName: 'Truv',
  environment: 'sandbox',
  environmentName: 'Sandbox',
  state: 'ready',
  key: 'ec-p256',
  keptBy: 'keychain',
  createdAt: '2026-01-01T00:00:00Z',
  notBefore: '2026-01-02T00:00:00Z',
  notAfter: '2027-01-02T00:00:00Z',
  practice: false,
  spkiSha256: 'ab',
  ...change,
})

const waiting = identity('Waiting', { state: 'requested', notBefore: undefined, notAfter: undefined })
const soon = identity('Soon', { notAfter: '2026-11-30T12:00:00Z' })
const later = identity('Later')
const over = identity('Over', { notAfter: '2026-11-20T12:00:00Z' })
const replaced = identity('Replaced', { state: 'replaced', notAfter: '2026-11-25T12:00:00Z', replacedBy: 'later000' })
const all = [later, replaced, waiting, soon, over]
const names = (list: IdentitySummary[]) => list.map((one) => one.name)

describe('the order of identities', () => {
  it('is urgency: expired, nearest expiry, waiting, replaced', () => {
    expect(names(sorted(all, { by: 'left', descending: false }, today))).toEqual([
      'Over',
      'Soon',
      'Later',
      'Waiting',
      'Replaced',
    ])
  })

  it('is by name when asked, in either direction', () => {
    const up = names(sorted(all, { by: 'name', descending: false }, today))
    expect(up).toEqual(['Later', 'Over', 'Replaced', 'Soon', 'Waiting'])
    expect(names(sorted(all, { by: 'name', descending: true }, today))).toEqual(up.reverse())
  })

  it('falls back to urgency among equals', () => {
    expect(names(sorted(all, { by: 'kept', descending: false }, today))[0]).toBe('Over')
  })
})

describe('the search', () => {
  it('finds by every word, whatever case and accents', () => {
    const zurich = identity('Zürich live', { providerName: 'Payrails', commonName: 'api.acme.payrails.io' })
    expect(names(matching([zurich, later], 'zurich PAYRAILS'))).toEqual(['Zürich live'])
    expect(names(matching([zurich, later], 'acme.pay'))).toEqual(['Zürich live'])
    expect(matching([zurich, later], 'zurich truv')).toEqual([])
  })
})

describe('days left', () => {
  it.each([
    [soon, '8 days'],
    [identity('One', { notAfter: '2026-11-23T18:00:00Z' }), '1 day'],
    [identity('Last', { notAfter: '2026-11-22T18:00:00Z' }), 'last day'],
    [over, 'expired'],
    [waiting, '–'],
    [replaced, '–'],
  ])('of $name are told as %s', (one, text) => {
    expect(leftText(one as IdentitySummary, today)).toBe(text)
  })
})

describe('the state in words', () => {
  it('is proven only after an accepted test', () => {
    expect(stateWords(later, today, 30).tone).toBe('fine')
    const tested = { ...later, lastTest: { at: '2026-11-01T00:00:00Z', outcome: 'accepted' as const, title: '' } }
    expect(stateWords(tested, today, 30)).toEqual({ tone: 'proven', word: 'Ready, tested' })
  })

  it('is soon within the renewal window even when tested', () => {
    const tested = { ...soon, lastTest: { at: '2026-11-01T00:00:00Z', outcome: 'accepted' as const, title: '' } }
    expect(stateWords(tested, today, 30).tone).toBe('soon')
  })
})

describe('the next step', () => {
  const detail = (one: IdentitySummary, more: object = {}) => ({
    ...one,
    certificatePem: one.notAfter ? 'pem' : undefined,
    history: [],
    findings: [],
    ...more,
  })
  const accepted = { lastTest: { at: '2026-11-01T00:00:00Z', outcome: 'accepted', title: 'Accepted' } } as const
  const refused = {
    lastTest: { at: '2026-11-01T00:00:00Z', outcome: 'refused', title: 'No certificate sent' },
  } as const
  const exported = { history: [{ at: '2026-11-02T00:00:00Z', what: 'exported' }] } as const

  it.each([
    ['send the request', detail(waiting), 'provider', 'send'],
    ['sign it where the provider permits', detail(waiting), 'self', 'self-sign'],
    ['test a fresh certificate', detail(later), 'provider', 'test'],
    [
      'hand in a certificate that one signed oneself, where that comes first',
      detail(later, {
        provider: 'nuapay',
        handover: { marks: {}, selfSigned: true, certificateOn: '2026-01-02T00:00:00Z' },
      }),
      'self',
      'hand-over',
    ],
    ['test again after a refusal', detail(later, refused), 'provider', 'test'],
    ['export once a call works', detail(later, accepted), 'provider', 'export'],
    ['nothing but a test once all is done', detail(later, { ...accepted, ...exported }), 'provider', 'test'],
    [
      'show what is left of the hand-over once the call works',
      detail(later, { ...accepted, ...exported, handover: { marks: {}, selfSigned: false } }),
      'provider',
      'hand-over',
    ],
    ['renew within the renewal window', detail(soon, accepted), 'provider', 'renew'],
    ['renew what has expired', detail(over), 'self', 'renew'],
    ['open what replaced it', detail(replaced), 'provider', 'open-successor'],
  ] as const)('is to %s', (_, one, signing, does) => {
    const own = profileNamed(one.provider)
    const profile = { ...own, signing: { ...own.signing, by: signing } }
    expect(nextStep(one as Parameters<typeof nextStep>[0], profile, today, 30).does).toBe(does)
  })
})
