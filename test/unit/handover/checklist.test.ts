import { describe, expect, it } from 'vitest'
import { checklistOf, handoverFactsOf, progressOf } from '../../../shared/handover/checklist.ts'
import { stepsOf } from '../../../shared/handover/usual-steps.ts'
import type { HandoverFacts } from '../../../shared/identity.ts'
import type { HandoverStep } from '../../../shared/providers/handing-over.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { profileNamed } from '../providers/plans.ts'

const nothing: HandoverFacts = { marks: {}, selfSigned: false }
const everywhere = builtInProfiles.flatMap((profile) =>
  profile.environments.map(({ id }) => ({ name: `${profile.id} ${id}`, profile, environment: id })),
)

/** The checklist in short: `+` done, `-` not needed, `>` next. */
const short = (provider: string, environment: string, facts: HandoverFacts, evidence = {}) =>
  checklistOf(profileNamed(provider), environment, facts, evidence).map(
    ({ step, state }) => `${{ done: '+', skipped: '-', next: '>', open: '' }[state]}${step.id}`,
  )

describe('the steps of a hand-over', () => {
  it.each(everywhere)('of $name bring the certificate home, prove a call, and hand over the files', (one) => {
    const steps = stepsOf(one.profile, one.environment)
    const seen = steps.flatMap((step) => step.seen)
    for (const what of ['certificate', 'accepted', 'exported']) expect(seen).toContain(what)
    expect(steps.some((step) => step.message || step.gives.length > 0)).toBe(true)
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length)
  })

  it.each(everywhere.filter(({ profile }) => profile.callsYou.length > 0))(
    'of $name cover their webhooks too: their certificate, your server, and a check',
    ({ profile, environment }) => {
      const theirs = stepsOf(profile, environment).filter(({ direction }) => direction === 'calls-you')
      expect(theirs.map(({ room }) => room)).toEqual(expect.arrayContaining(['server', 'door', 'listen']))
      const called = new Set(theirs.map(({ call }) => call))
      for (const { id } of profile.callsYou) expect(called).toContain(id)
    },
  )

  it('of Payrails differ by environment: a portal for live, a message for staging', () => {
    const first = (environment: string) => stepsOf(profileNamed('payrails'), environment)[0]?.id
    expect([first('live'), first('staging')]).toEqual(['upload', 'send'])
  })

  it('are made from the rest of a profile that brings none', () => {
    for (const id of ['truv', 'apata', 'nuapay']) {
      const bare = { ...profileNamed(id), handover: undefined }
      const environment = bare.environments[0]!.id
      const steps = stepsOf(bare, environment)
      expect(steps.some(({ gives }) => gives.includes('firewall'))).toBe(id === 'truv')
      expect(steps.some(({ room }) => room === 'sign')).toBe(id !== 'nuapay')
      expect(steps[0]?.id).toBe(id === 'nuapay' ? 'sign' : 'send')
    }
  })
})

describe('the state of a hand-over', () => {
  const home = { ...nothing, certificateOn: '2026-03-01T12:00:00Z' }

  it('is seen where it can be seen, and the first open step of each direction is next', () => {
    expect(short('payrails', 'live', nothing)).toEqual(['>upload', 'bring-home', 'credentials', 'test', 'export'])
    const accepted = { ...home, acceptedOn: '2026-03-02T12:00:00Z' }
    expect(short('payrails', 'live', accepted)).toEqual(['+upload', '+bring-home', '+credentials', '+test', '>export'])
    expect(short('apata', 'live', accepted).filter((step) => step.startsWith('>'))).toEqual([
      '>simulator',
      '>outbound-ask',
    ])
  })

  it('is ticked by hand where it cannot be seen, or is not needed', () => {
    const marks = { 'switch-on': { on: '2026-03-03' }, 'own-addresses': { on: '2026-03-03', skipped: true as const } }
    const list = short('nuapay', 'live', { ...home, marks })
    expect(list.slice(0, 5)).toEqual(['+sign', '>upload', '+switch-on', '-own-addresses', 'test'])
    const items = checklistOf(profileNamed('nuapay'), 'live', { ...home, marks })
    expect(progressOf(items)).toMatchObject({ done: 2, of: items.length - 1, next: { step: { id: 'upload' } } })
  })

  it('takes what was sent from the renewal’s own tick', () => {
    const sent = { ...nothing, sent: { to: 'Jane', on: '2026-02-20' } }
    const [first] = checklistOf(profileNamed('truv'), 'sandbox', sent)
    expect(first).toMatchObject({ state: 'done', on: '2026-02-20', to: 'Jane' })
    expect(first?.seen).toBeUndefined()
  })

  it('does not take an upload for done that was of an earlier certificate', () => {
    const uploaded = (on: string) => ({ ...home, selfSigned: true, marks: { upload: { on } } })
    expect(short('nuapay', 'live', uploaded('2026-02-28'))[1]).toBe('>upload')
    expect(short('nuapay', 'live', uploaded('2026-03-02'))[1]).toBe('+upload')
  })

  it('tells of a webhook that came in, and leaves the tick to a person: it names no environment', () => {
    const webhook = { at: '2026-03-05T09:00:00Z', from: '44.235.37.104:51000' }
    const arrived = checklistOf(profileNamed('truv'), 'sandbox', nothing, { webhook }).find(
      ({ step }) => step.id === 'arrived',
    )
    expect(arrived?.state).toBe('open')
    expect(arrived?.told).toContain('44.235.37.104')
  })

  it('takes a certificate that was issued here for this environment as the signing done', () => {
    const signed = { at: '2026-03-05T09:00:00Z', name: 'Apata outbound', here: true }
    expect(short('apata', 'live', nothing, { signed })).toContain('+outbound-sign')
    expect(short('apata', 'live', nothing, { signed: { ...signed, here: false } })).not.toContain('+outbound-sign')
  })

  it('does not let a test at the practice provider prove anything about the real one', () => {
    const record = {
      createdAt: '2026-03-01T00:00:00Z',
      practice: false,
      certificatePem: 'pem',
      lastTest: { at: '2026-03-02T00:00:00Z', outcome: 'accepted', practice: true as const },
      history: [],
    }
    expect(handoverFactsOf(record).acceptedOn).toBeUndefined()
    expect(handoverFactsOf({ ...record, practice: true }).acceptedOn).toBeDefined()
    expect(
      handoverFactsOf({ ...record, lastTest: { ...record.lastTest, practice: undefined } }).acceptedOn,
    ).toBeDefined()
  })
})

describe('a step that names something', () => {
  it('names what is there: rooms for what they do, files where they exist', () => {
    const rooms: Record<string, HandoverStep['room'][]> = { accepted: ['test'], exported: ['export'] }
    for (const { profile, environment } of everywhere)
      for (const { seen, room } of stepsOf(profile, environment))
        if (room && seen.length === 1 && rooms[seen[0]!]) expect(rooms[seen[0]!]).toContain(room)
  })
})
