import { X509Certificate } from 'node:crypto'
import * as tls from 'node:tls'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ObjectRef } from '../../shared/pki/inspect-calls.ts'
import { nuapayPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue } from '../support/throwaway-pki.ts'

const root = issue({ subject: ['CN=Root'], isCa: true, fromDays: -10 })
const middle = issue({ subject: ['CN=Middle'], isCa: true, issuer: root, fromDays: -10 })
const leaf = issue({
  subject: ['CN=api.example.com'],
  issuer: middle,
  sans: ['DNS:api.example.com'],
  purposes: ['serverAuth'],
  fromDays: -5,
  toDays: 20,
})

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
  desk.outside.now = new Date()
})

async function drop(...pems: string[]) {
  const source = { from: 'text' as const, text: pems.join('') }
  const { inspection } = value(await desk.call('startInspection', { work: 'w', source }))
  const token = inspection!.inspection
  return { token, object: (id: string): ObjectRef => ({ of: 'inspection', inspection: token, object: id }) }
}

describe('would it be trusted', () => {
  it('by what was dropped: with the certificates that lie between', async () => {
    const { object } = await drop(leaf.pem, middle.pem, root.pem)
    const ask = { object: object('0'), purpose: 'server' as const, roots: { by: 'dropped' as const } }
    const verdict = value(await desk.call('checkTrust', { ...ask, host: 'api.example.com' }))
    expect(verdict).toMatchObject({ trusted: true, reason: 'ok' })
    expect(verdict.path.map(({ subject }) => subject)).toEqual(['CN=api.example.com', 'CN=Middle', 'CN=Root'])
    expect(value(await desk.call('checkTrust', { ...ask, host: 'www.example.com' })).trusted).toBe(false)
    expect(value(await desk.call('checkTrust', { ...ask, purpose: 'client' })).trusted).toBe(false)
    const later = new Date(Date.now() + 30 * 86_400_000).toISOString()
    expect(value(await desk.call('checkTrust', { ...ask, at: later }))).toMatchObject({ trusted: false })
  })

  it('by the system: its own roots are, this one is not', async () => {
    const [known] = tls.rootCertificates.filter((pem) => Date.parse(new X509Certificate(pem).validTo) > Date.now())
    const { object } = await drop(known!, root.pem)
    const ask = { purpose: 'any' as const, roots: { by: 'system' as const } }
    expect(value(await desk.call('checkTrust', { ...ask, object: object('0') })).trusted).toBe(true)
    expect(value(await desk.call('checkTrust', { ...ask, object: object('1') })).trusted).toBe(false)
  })

  it('by one object, or by an identity of mine, with the rest of another drop between', async () => {
    const dropped = await drop(leaf.pem, middle.pem)
    const trusted = await drop(root.pem)
    const roots = { by: 'object' as const, object: trusted.object('0') }
    const ask = { object: dropped.object('0'), purpose: 'server' as const, roots }
    expect(value(await desk.call('checkTrust', ask)).trusted).toBe(true)
    expect(value(await desk.call('checkTrust', { ...ask, inspection: trusted.token })).trusted).toBe(false)

    const identity = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
    const mine = { of: 'identity' as const, identity: identity.handle, part: 'certificate' as const }
    const byMine = { by: 'identity' as const, identity: identity.handle }
    const self = { object: mine, purpose: 'client' as const, roots: byMine }
    expect(codeOf(await desk.call('checkTrust', self))).toBe('export.no-certificate')
    value(await desk.call('selfSign', { identity: identity.handle, days: 30 }))
    expect(value(await desk.call('checkTrust', self))).toMatchObject({ trusted: true })
  })

  it('is refused for what is no certificate, and for a drop that is gone', async () => {
    const key = await drop(leaf.keyPem)
    const ask = { purpose: 'any' as const, roots: { by: 'system' as const } }
    expect(codeOf(await desk.call('checkTrust', { ...ask, object: key.object('0') }))).toBe('attach.no-certificate')
    await desk.call('closeInspection', { inspection: key.token })
    expect(codeOf(await desk.call('checkTrust', { ...ask, object: key.object('0') }))).toBe('file.not-kept')
  })
})
