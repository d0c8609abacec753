import { describe, expect, it } from 'vitest'
import { rungsOf } from '../../../renderer/parts/ladder-rungs.ts'
import type { Attempt, Step, StepName } from '../../../shared/tls/attempt.ts'

const step = (name: StepName, state: Step['state'] = 'done', atMs = 1): Step => ({ name, state, atMs, says: name })
const before: StepName[] = ['resolve', 'connect', 'tls', 'server-trust', 'client-asked', 'client-sent', 'request']
const attempt = (facts: Partial<Attempt>): Partial<Attempt> => ({
  acceptableAuthorities: [],
  signatureSchemes: [],
  serverChain: [],
  ...facts,
})

describe('the rungs of the ladder', () => {
  it('puts what the server said on its side and what we said on ours', () => {
    const sides = Object.fromEntries(rungsOf(before.map((name) => step(name))).map((rung) => [rung.id, rung.side]))
    expect(sides).toMatchObject({ connect: 'us', 'client-asked': 'server', 'client-sent': 'us', tls: 'server' })
  })

  it('says that no certificate was asked for, and that none was sent', () => {
    const rungs = rungsOf(
      before.map((name) => step(name)),
      attempt({ certificateAsked: false, certificateSent: false }),
    )
    expect(rungs.find((rung) => rung.id === 'client-asked')?.title).toBe('Asked for no certificate')
    expect(rungs.find((rung) => rung.id === 'client-sent')?.title).toBe('Sent no certificate')
  })

  it('shows an alert of the server on its side, last of what happened', () => {
    const steps = [...before.map((name) => step(name)), step('response', 'failed')]
    const alert = { from: 'server' as const, number: 116, name: 'certificate_required' }
    const last = rungsOf(steps, attempt({ alert })).at(-1)
    expect(last).toMatchObject({ side: 'server', state: 'failed', title: 'Broke off with an alert' })
    expect(last?.details).toContainEqual({ name: 'Alert', value: ['certificate required (alert 116)'] })
  })

  it('puts a break of the handshake behind what was still said before it', () => {
    const steps = [step('connect'), step('tls', 'failed'), step('client-asked'), step('client-sent')]
    expect(rungsOf(steps).map((rung) => rung.id)).toEqual(['connect', 'client-asked', 'client-sent', 'tls'])
  })

  it('gathers all that was not reached in one rung', () => {
    const steps = [step('resolve'), step('connect', 'failed'), step('tls', 'skipped'), step('response', 'skipped')]
    expect(rungsOf(steps).at(-1)).toMatchObject({ id: 'rest', state: 'skipped', says: 'encryption, the answer' })
  })

  it('keeps a step that was left out in a call that went through', () => {
    const steps = [step('connect'), step('client-sent', 'skipped'), step('response')]
    expect(rungsOf(steps).map((rung) => rung.id)).toEqual(['connect', 'client-sent', 'response'])
  })

  it('lists the authorities the server accepts, or says that it names none', () => {
    const details = (authorities: string[]) =>
      rungsOf([step('client-asked')], attempt({ certificateAsked: true, acceptableAuthorities: authorities }))[0]
        ?.details[0]?.value
    expect(details(['CN=A', 'CN=B'])).toEqual(['CN=A', 'CN=B'])
    expect(details([])).toEqual(['any authority: it names none'])
  })

  it('shows the status of the answer', () => {
    const http = { status: 403, statusText: 'Forbidden', headers: [], body: '', bodyBytes: 0, truncated: false }
    expect(rungsOf([step('response')], attempt({ http }))[0]?.title).toBe('Answered 403 Forbidden')
  })
  it('marks where a refusal broke that came as an answer: at our empty certificate, else at the answer', () => {
    const steps = [...before, 'response' as const].map((name) => step(name))
    const broken = (facts: Partial<Attempt>, outcome?: 'accepted' | 'refused') =>
      rungsOf(steps, attempt(facts), outcome)
        .filter((rung) => rung.state === 'failed')
        .map((rung) => rung.id)
    expect(broken({ certificateAsked: true, certificateSent: false }, 'refused')).toEqual(['client-sent'])
    expect(broken({ certificateAsked: true, certificateSent: true }, 'refused')).toEqual(['response'])
    expect(broken({ certificateAsked: false, certificateSent: false }, 'refused')).toEqual(['response'])
    expect(broken({ certificateAsked: true, certificateSent: false }, 'accepted')).toEqual([])
  })
})
