import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PracticeServer } from '../../electron/practice/practice-server.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { checkCertificate } from '../../shared/providers/conformance.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import type { Caller } from '../support/practice-caller.ts'
import { call, curl, firstCall, handIn, newCaller, startFor } from '../support/practice-caller.ts'
import { goodPlan } from '../unit/providers/plans.ts'

const answers: Record<string, Record<string, unknown>> = {
  nuapay: { service: 'tpp', status: 'UP' },
  truv: { count: 0, results: [] },
  payrails: { token_type: 'Bearer', expires_in: 3600 },
  apata: { status: 'ok' },
  other: { status: 'ok' },
}

describe.each(builtInProfiles.map((profile) => [profile.id, profile] as const))('practice %s', (id, profile) => {
  let server: PracticeServer
  let caller: Caller
  let certificate: string

  beforeAll(async () => {
    const plan = goodPlan(id)
    server = await startFor(profile, plan.environment)
    caller = await newCaller(profile, plan)
    const submitted = await server.submit(await handIn(caller))
    if (!submitted.ok) throw new Error(JSON.stringify(submitted.problem))
    expect(submitted.value.serverCaPem).toBe(server.state.serverCaPem)
    certificate = submitted.value.certificatePem
  })
  afterAll(() => server.close())

  it('returns what the provider ought to return: nothing about it is found wrong', () => {
    const [leaf, issuer] = pemBlocks(certificate)
    const facts = readCertificate(leaf!.der)!.facts
    const requestFacts = readRequest(pemBlocks(caller.requestPem)[0]!.der)!.facts
    const findings = checkCertificate(profile, caller.plan.environment, { facts, requestFacts, now: new Date() })
    expect(findings).toEqual([])
    expect(facts).toMatchObject({ version: 3, extendedKeyUsage: ['clientAuth'], isCa: false })
    if (profile.signing.by === 'self') expect(issuer).toBeUndefined()
    else expect(readCertificate(issuer!.der)!.facts).toMatchObject({ isCa: true, subject: facts.issuer })
  })

  it('issues for the validity that the provider documents', () => {
    const { validFrom, validTo } = new X509Certificate(certificate)
    const days = Math.round((Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000)
    expect(days).toBe(profile.signing.days ?? 365)
  })

  it('answers the first call with 200, marked as practice, and says whom it saw', async () => {
    const reply = await firstCall(server, caller, certificate)
    expect(reply.status, reply.text).toBe(200)
    const sha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
    expect(reply.json).toMatchObject({ practice: true, ...answers[id], clientCertificate: { sha256 } })
  })

  it('answers curl with the same files', async () => {
    const first = profile.firstCall!
    const files = { 'client.crt': certificate, 'client.key': caller.keyPem, 'ca.crt': server.state.serverCaPem }
    const reply = await curl(files, (at) => [
      '--cert',
      at('client.crt'),
      '--key',
      at('client.key'),
      '--cacert',
      at('ca.crt'),
      '-X',
      first.method,
      ...first.headers.flatMap(({ name, value }) => ['-H', `${name}: ${value.replace(/\{\w+\}/, 'abc')}`]),
      ...(first.body === undefined ? [] : ['--data', first.body]),
      server.state.apiUrl + first.path.replace(/\{\w+\}/, 'abc'),
    ])
    expect(reply, reply.error).toMatchObject({ exit: 0, status: 200 })
    expect(JSON.parse(reply.body)).toMatchObject({ practice: true })
  })

  it('refuses a call without a certificate, in nginx’s words', async () => {
    const reply = await firstCall(server, caller)
    expect(reply.status).toBe(400)
    expect(reply.json).toMatchObject({ practice: true, error: 'No required SSL certificate was sent' })
  })

  it('refuses the certificate of another authority', async () => {
    const elsewhere = await startFor(profile, caller.plan.environment)
    const stranger = await newCaller(profile, goodPlan(id))
    try {
      const foreign = await elsewhere.submit(await handIn(stranger))
      if (!foreign.ok) throw new Error('refused')
      const reply = await firstCall(server, stranger, foreign.value.certificatePem)
      if (profile.signing.by === 'self') expect(reply).toMatchObject({ status: 403, json: { error: 'Forbidden' } })
      else expect(reply).toMatchObject({ status: 400, json: { error: 'The SSL certificate error' } })
    } finally {
      await elsewhere.close()
    }
  })

  it('asks for each documented credential', async () => {
    for (const { name, value } of profile.firstCall!.headers.filter((header) => /\{\w+\}/.test(header.value))) {
      const missing = await firstCall(server, caller, certificate, [name])
      expect(missing, value).toMatchObject({ status: 401, json: { error: 'Unauthorized' } })
      expect(missing.json.says).toContain(name)
    }
  })

  it('knows no other address and no other method', async () => {
    const how = { ca: server.state.serverCaPem, cert: certificate, key: caller.keyPem }
    expect(await call(`${server.state.apiUrl}/elsewhere`, how)).toMatchObject({ status: 404 })
    const path = profile.firstCall!.path.replace(/\{\w+\}/, 'abc')
    const reply = await call(server.state.apiUrl + path, { ...how, method: 'DELETE' })
    expect(reply.status).toBe(405)
    expect(reply.headers.allow).toBe(profile.firstCall!.method)
  })
})
