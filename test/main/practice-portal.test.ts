import { afterEach, describe, expect, it } from 'vitest'
import type { PracticeServer } from '../../electron/practice/practice-server.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { buildRequest } from '../../shared/pki/x509.ts'
import type { CheckedPlan } from '../../shared/providers/conformance.ts'
import { call, curl, firstCall, newCaller, selfSigned, startFor } from '../support/practice-caller.ts'
import { smallKeyRequest } from '../support/small-key-request.ts'
import { goodPlan, profileNamed } from '../unit/providers/plans.ts'

let server: PracticeServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const start = async (id: string, environment = goodPlan(id).environment) => {
  server = await startFor(profileNamed(id), environment)
  return server
}
const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  call(server!.state.portalUrl + path, { ca: server!.state.serverCaPem, method: 'POST', body, headers })
const get = (path: string, method = 'GET') =>
  call(server!.state.portalUrl + path, { ca: server!.state.serverCaPem, method })
const caller = (id: string, change: Partial<CheckedPlan> = {}) =>
  newCaller(profileNamed(id), { ...goodPlan(id), ...change })

/** A request with any subject, also one that the wizard would not let through. */
async function request(id: string, subject: Record<string, string>, key: CheckedPlan['key'] = goodPlan(id).key) {
  const { pkcs8 } = await caller(id, { key })
  const parts = Object.entries(subject).map(([type, value]) => ({ type, value }))
  return (await buildRequest({ pkcs8, key, subject: parts, subjectAltNames: [] })).pem
}

describe('the practice portal', () => {
  it('signs a good request handed in by curl, and the certificate works', async () => {
    const running = await start('truv')
    const truv = await caller('truv')
    const files = { 'a.csr': truv.requestPem, 'ca.crt': running.state.serverCaPem }
    const reply = await curl(files, (at) => [
      '--cacert',
      at('ca.crt'),
      '--data-binary',
      `@${at('a.csr')}`,
      `${running.state.portalUrl}/requests`,
    ])
    expect(reply, reply.error).toMatchObject({ exit: 0, status: 201 })
    expect(pemBlocks(reply.body).map((block) => block.label)).toEqual(['CERTIFICATE', 'CERTIFICATE'])
    expect(await firstCall(running, truv, reply.body)).toMatchObject({ status: 200 })
  })

  it.each<[string, Record<string, string>, CheckedPlan['key'] | undefined, string, string]>([
    [
      'truv',
      { CN: 'api-mtls.acme.truv.com', O: 'Acme' },
      undefined,
      'subject.missing',
      'Country (C) is missing; Truv requires it.',
    ],
    [
      'truv',
      { C: 'US', ST: 'Florida', L: 'Miami', O: 'Acme', CN: 'api-mtls.acme.truv.com' },
      undefined,
      'subject.fixed-differs',
      'Organisation (O) is “Acme”; Truv prescribes “Truv Inc”.',
    ],
    [
      'truv',
      { C: 'US', ST: 'Florida', L: 'Miami', O: 'Truv Inc', CN: 'acme.com' },
      undefined,
      'subject.pattern',
      'Common name (CN) is “acme.com”; Truv wants api-mtls.<name>.truv.com.',
    ],
    [
      'payrails',
      { C: 'DE', O: 'Acme', CN: 'api.acme.payrails.io' },
      'rsa-2048',
      'subject.missing',
      'State or province (ST) is missing; Payrails requires it.',
    ],
    [
      'apata',
      { O: 'Acme', CN: 'api.apata.io' },
      undefined,
      'subject.missing',
      'CSR rejected: Country, Organisation and Common Name must be filled in (Country (C) is missing; Apata requires it.)',
    ],
    [
      'apata',
      { C: 'IE', O: 'Acme', CN: 'api.apata.io' },
      'ec-p256',
      'key.not-allowed',
      'CSR rejected: the key algorithm must be RSA (The key is EC P-256; Apata takes RSA from 2048 bits.)',
    ],
  ])('refuses for %s a request of %j (%s) with 422: %s', async (id, subject, key, code, says) => {
    await start(id)
    const reply = await post('/requests', await request(id, subject, key))
    expect(reply.status).toBe(422)
    expect(reply.json).toMatchObject({ practice: true, refused: true, says })
    expect((reply.json.findings as { code: string }[]).map((finding) => finding.code)).toContain(code)
  })

  it('refuses a key of 1024 bits in Apata’s words', async () => {
    await start('apata')
    const reply = await post('/requests', smallKeyRequest(['C=IE', 'O=Acme', 'CN=api.apata.io']))
    expect(reply).toMatchObject({
      status: 422,
      json: {
        says: 'CSR rejected: the RSA key has fewer than 2048 bits (The RSA key has 1024 bits; 2048 is the least.)',
      },
    })
  })

  it('refuses a request whose own signature was tampered with', async () => {
    await start('truv')
    const { requestPem } = await caller('truv')
    const der = Buffer.from(pemBlocks(requestPem)[0]!.der)
    const at = der.indexOf('acme')
    der.write('evil', at)
    const reply = await post(
      '/requests',
      `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`,
    )
    expect(reply.status).toBe(422)
    expect(reply.json.findings).toMatchObject([{ code: 'request.signature-wrong' }])
  })

  it.each([
    ['nothing', ''],
    ['prose', 'hello'],
    ['a damaged request', '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n'],
    ['bytes', Buffer.from([0, 255, 254, 13, 10])],
  ])('refuses %s', async (_, body) => {
    await start('truv')
    expect(await post('/requests', body)).toMatchObject({
      status: 422,
      json: { findings: [{ code: 'upload.unknown' }] },
    })
  })

  it('refuses a private key without sending it back', async () => {
    await start('truv')
    const { keyPem } = await caller('truv')
    const reply = await post('/requests', keyPem)
    expect(reply).toMatchObject({ status: 422, json: { findings: [{ code: 'upload.private-key' }] } })
    expect(reply.text).not.toContain(keyPem.split('\n')[1])
  })

  it('refuses a body of more than 64 KiB, announced or not', async () => {
    await start('truv')
    const large = Buffer.alloc(70 * 1024, 'a')
    const statuses = await Promise.all(
      ['content-length', 'chunked'].map((how) =>
        post('/requests', large, how === 'chunked' ? { 'transfer-encoding': how } : {}).then(
          (reply) => reply.status,
          (error: NodeJS.ErrnoException) => error.code,
        ),
      ),
    )
    // The server closes while the client still writes, so the client may see the closing before the answer.
    for (const status of statuses) expect([413, 'EPIPE', 'ECONNRESET']).toContain(status)
    expect((await get('/')).status).toBe(200)
  })

  it('knows its addresses and methods', async () => {
    const running = await start('truv')
    expect((await get('/')).text).toContain('Practice Truv')
    expect((await get('/ca.crt')).text).toBe(running.state.serverCaPem)
    expect((await get('/client-ca.crt')).text).toBe(running.state.clientCaPem)
    expect(await get('/requests')).toMatchObject({ status: 405, headers: { allow: 'POST' } })
    expect(await get('/nothing')).toMatchObject({ status: 404 })
    expect(await get('/certificates/zz')).toMatchObject({ status: 404 })
    expect((await get('/', 'HEAD')).text).toBe('')
  })

  it('keeps at most two certificates active for Payrails, and takes one back', async () => {
    const running = await start('payrails')
    const callers = await Promise.all([1, 2, 3].map(() => caller('payrails', { key: 'rsa-2048' })))
    const first = await post('/requests', callers[0]!.requestPem)
    expect(first.status).toBe(201)
    expect((await post('/requests', callers[1]!.requestPem)).status).toBe(201)
    const third = await post('/requests', callers[2]!.requestPem)
    expect(third).toMatchObject({ status: 422, json: { findings: [{ code: 'certificate.too-many-active' }] } })
    expect(await firstCall(running, callers[0]!, first.text)).toMatchObject({ status: 200 })
    const { sha256 } = readCertificate(pemBlocks(first.text)[0]!.der)!.facts
    expect(await get(`/certificates/${sha256}`, 'DELETE')).toMatchObject({ status: 200 })
    expect(await firstCall(running, callers[0]!, first.text)).toMatchObject({
      status: 400,
      json: { error: 'The SSL certificate error', says: 'The certificate was revoked.' },
    })
    expect((await post('/requests', callers[2]!.requestPem)).status).toBe(201)
  })

  it('signs the same request again without counting it twice', async () => {
    await start('payrails')
    const { requestPem } = await caller('payrails', { key: 'rsa-2048' })
    for (let i = 0; i < 4; i++) expect((await post('/requests', requestPem)).status).toBe(201)
    expect(((await get('/certificates')).json.certificates as unknown[]).length).toBe(1)
  })

  it('takes Nuapay’s certificates as its REST page describes', async () => {
    const running = await start('nuapay')
    const nuapay = await caller('nuapay')
    const certificate = await selfSigned(nuapay)
    const json = { 'content-type': 'application/json' }
    expect(await firstCall(running, nuapay, certificate)).toMatchObject({ status: 403 })
    const both = await post('/certificates', JSON.stringify({ mtlsCert: certificate, csr: nuapay.requestPem }), json)
    expect(both).toMatchObject({ status: 422, json: { says: 'Rejected: mtlsCert and csr in one request' } })
    expect(await post('/certificates', '{"csr": "x"}', json)).toMatchObject({ status: 400 })
    expect(await post('/certificates', '{', json)).toMatchObject({ status: 400 })
    expect(await post('/certificates', JSON.stringify({ mtlsCert: certificate }), json)).toMatchObject({ status: 201 })
    expect(await firstCall(running, nuapay, certificate)).toMatchObject({ status: 200 })
  })

  it('refuses for Nuapay a request, an expired certificate and a third active one', async () => {
    const running = await start('nuapay')
    const nuapay = await caller('nuapay')
    const asRequest = await running.submit(nuapay.requestPem)
    expect(asRequest).toMatchObject({ ok: false, problem: { code: 'practice.refused', provider: 'Nuapay' } })
    const longAgo = new Date(Date.now() - 40 * 86_400_000)
    const expired = await running.submit(await selfSigned(nuapay, 30, longAgo))
    expect(!expired.ok && 'says' in expired.problem && expired.problem.says).toContain('it has expired')
    for (const full of [false, false, true]) {
      const outcome = await running.submit(await selfSigned(await caller('nuapay')))
      expect(outcome.ok).toBe(!full)
      if (!outcome.ok && 'says' in outcome.problem)
        expect(outcome.problem.says).toBe('There are two active MTLS certificates already')
    }
  })

  it('takes no certificate where the provider signs requests', async () => {
    const running = await start('truv')
    expect(await running.submit(await selfSigned(await caller('truv')))).toMatchObject({
      ok: false,
      problem: { code: 'practice.refused', says: 'This is a certificate; Truv signs requests (CSR).' },
    })
  })
})
