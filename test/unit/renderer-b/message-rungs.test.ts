import { describe, expect, it } from 'vitest'
import { stepTimes } from '../../../renderer/connect/step-times.ts'
import { messageRungs } from '../../../renderer/parts/ladder-rungs.ts'
import type { Attempt, HandshakeStep, Step } from '../../../shared/tls/attempt.ts'

const step = (name: Step['name'], atMs: number, more: Partial<Step> = {}): Step => ({
  name,
  state: 'done',
  atMs,
  tookMs: 2,
  says: 'so',
  ...more,
})
const message = (from: HandshakeStep['from'], name: string, atMs: number, says = 'says so'): HandshakeStep => ({
  from,
  name,
  says,
  atMs,
  encrypted: false,
  bytes: 10,
  fields: [],
})
const attempt = (more: Partial<Attempt>): Attempt => ({
  url: 'https://api.example.com/',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 20,
  serverChain: [],
  acceptableAuthorities: [],
  signatureSchemes: [],
  certificateConfigured: true,
  certificateAsked: true,
  certificateSent: true,
  http: null,
  steps: [
    step('resolve', 1),
    step('connect', 3),
    step('tls', 8),
    step('server-trust', 8.5),
    step('request', 9),
    step('response', 12),
  ],
  messages: [
    message('client', 'ClientHello', 4),
    message('server', 'ServerHello', 5),
    message('server', 'CertificateRequest', 5, 'asks for a certificate'),
    message('client', 'Certificate', 6, 'answers with CN=acme'),
    message('client', 'ApplicationData', 9),
    message('server', 'Alert', 13, 'says that it is done (close_notify)'),
  ],
  ...more,
})
const titles = (rungs: ReturnType<typeof messageRungs>) => rungs.map(({ title }) => title)
const broken = (rungs: ReturnType<typeof messageRungs>) =>
  rungs.filter(({ state }) => state === 'failed').map(({ id }) => id)

describe('the ladder of messages', () => {
  it('has every message between the steps around it, in the order of time', () => {
    const rungs = messageRungs(attempt({}), 'accepted')
    expect(titles(rungs)).toEqual([
      'Looked up the name',
      'Connected',
      'Says so',
      'Says so',
      'Asks for a certificate',
      'Answers with CN=acme',
      'Trusts the server',
      'Sent the call',
      'Answered',
    ])
    expect(broken(rungs)).toEqual([])
    expect(rungs.filter(({ decisive }) => decisive).map(({ title }) => title)).toEqual([
      'Asks for a certificate',
      'Answers with CN=acme',
      'Sent the call',
      'Answered',
    ])
  })

  it('marks the alert that ended it, and no step beside it', () => {
    const alert = { from: 'server', number: 48, name: 'unknown_ca' } as const
    const failed = attempt({
      alert,
      steps: [step('resolve', 1), step('connect', 3), step('tls', 8), step('response', 12, { state: 'failed' })],
      messages: [...attempt({}).messages!.slice(0, 4), message('server', 'Alert', 11, 'says unknown_ca')],
    })
    const rungs = messageRungs(failed, 'refused')
    expect(broken(rungs)).toEqual(['message-4'])
    expect(titles(rungs)).not.toContain('No answer')
  })

  it('marks our empty answer when the server refuses in words', () => {
    const rungs = messageRungs(attempt({ certificateSent: false }), 'refused')
    expect(broken(rungs)).toEqual(['message-3'])
  })

  it('marks the answer when the application refuses', () => {
    expect(broken(messageRungs(attempt({}), 'refused'))).toEqual(['response'])
  })
})

describe('the times of the steps', () => {
  it('are bars on one scale, from the end of a step back by what it took', () => {
    const bars = stepTimes(attempt({}))
    expect(bars.map(({ name, from, width }) => [name, from, width])).toEqual([
      ['resolve', 0, 10],
      ['connect', 5, 10],
      ['tls', 30, 10],
      ['request', 35, 10],
      ['response', 50, 10],
    ])
  })

  it('are none where no step took any', () => {
    expect(stepTimes(attempt({ steps: [], durationMs: 0 }))).toEqual([])
  })
})
