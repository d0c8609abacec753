import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Input } from '../../shared/contract.ts'
import type { IdentityDetail, IdentityPlan } from '../../shared/identity.ts'
import { writePkcs12 } from '../../shared/pki/pkcs12-writer.ts'
import { ok, refuse } from '../../shared/result.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { derOf, openTestProvider } from '../support/test-provider.ts'

type Source = Input<'attachCertificate'>['source']

let desk: TestDesk
let identity: IdentityDetail
let provider: Awaited<ReturnType<typeof openTestProvider>>

beforeEach(async () => {
  desk = openTestDesk()
  identity = await create(truvPlan)
  provider = await openTestProvider(new Date('2026-01-01T00:00:00Z'))
})

const create = async (plan: IdentityPlan) => value(await desk.call('createIdentity', { work: 'w', plan }))

const attach = (source: Source | string, more: Partial<Input<'attachCertificate'>> = {}) => {
  const from = typeof source === 'string' ? ({ from: 'text', text: source } as const) : source
  return desk.call('attachCertificate', { source: from, despite: [], ...more })
}

const attached = async (...given: Parameters<typeof attach>) => {
  const answer = value(await attach(...given))
  if (answer.outcome !== 'attached') throw new Error(`not attached: ${JSON.stringify(answer)}`)
  return answer.identity
}

const sign = (requestPem: string, { days = 365, at = desk.outside.now } = {}) => provider.sign(requestPem, { days, at })

const onDisk = (name: string, content: string | Uint8Array) => {
  const path = join(desk.folder, name)
  writeFileSync(path, content)
  return path
}

describe('a certificate that came back', () => {
  it('finds its identity by the key, with its chain and the roots that came along', async () => {
    const pem = await sign(identity.requestPem)
    const home = await attached(provider.caPem + pem)
    expect(home).toMatchObject({
      handle: identity.handle,
      state: 'ready',
      practice: false,
      serverCaPem: provider.caPem,
      certificatePem: pem,
      notAfter: '2027-03-01T12:00:00Z',
    })
    expect(home.chain.map(({ facts }) => facts.subject)).toEqual(['CN=Truv Client CA'])
    expect(home.history.at(-1)).toMatchObject({ what: 'attached', detail: 'valid until 2027-03-01' })
    expect(home.findings.filter(({ severity }) => severity === 'refuses')).toEqual([])
  })

  it('is taken as DER, from a file, under any name', async () => {
    const path = onDisk('download (3)', derOf(await sign(identity.requestPem)))
    expect((await attached({ from: 'paths', paths: [path] })).state).toBe('ready')
  })

  it('is taken from dropped contents that have no path', async () => {
    const bytes = new TextEncoder().encode(await sign(identity.requestPem))
    expect((await attached({ from: 'contents', files: [{ name: 'a.cer', bytes }] })).state).toBe('ready')
  })

  it('is found among several files, whatever the others are', async () => {
    const paths = [
      onDisk('acme.csr', identity.requestPem),
      onDisk('readme.txt', 'hello'),
      onDisk('ca.crt', provider.caPem),
      onDisk('acme.crt', await sign(identity.requestPem)),
    ]
    expect((await attached({ from: 'paths', paths }, { identity: identity.handle })).chain).toHaveLength(1)
  })

  it('is chosen in the dialog, and tried again with a passphrase without asking for the file again', async () => {
    const pkcs8 = value(await desk.means.vault.identities.secret(identity.handle, 'privateKey'))!
    const bundle = await writePkcs12({
      pkcs8,
      certificateDer: derOf(await sign(identity.requestPem)),
      chain: [derOf(provider.caPem)],
      friendlyName: 'acme',
      passphrase: 'bundle words',
      readers: 'modern',
    })
    desk.outside.files = [onDisk('acme.p12', bundle)]
    expect(await attach({ from: 'choose' })).toEqual(refuse({ code: 'key.passphrase-needed', name: 'acme.p12' }))
    desk.outside.files = []
    const wrong = await attach({ from: 'again' }, { passphrase: 'other words' })
    expect(codeOf(wrong)).toBe('key.passphrase-wrong')
    expect((await attached({ from: 'again' }, { passphrase: 'bundle words' })).chain).toHaveLength(1)
    expect(desk.outside.asked).toHaveLength(1)
  })

  it('answers cancelled when the dialog is closed', async () => {
    expect(await attach({ from: 'choose' })).toEqual(ok({ outcome: 'cancelled' }))
    expect(await attach({ from: 'again' })).toEqual(ok({ outcome: 'cancelled' }))
  })

  it('gets its missing issuer later', async () => {
    await attached(await sign(identity.requestPem))
    const completed = await attached(provider.caPem, { identity: identity.handle })
    expect(completed.chain.map(({ facts }) => facts.subject)).toEqual(['CN=Truv Client CA'])
    expect(completed.certificatePem).toContain('BEGIN CERTIFICATE')
  })

  it('replaces a request that was never answered', async () => {
    const again = await create({ ...truvPlan, name: 'Other answers', renews: identity.handle })
    await attached(await sign(again.requestPem))
    const old = value(await desk.call('readIdentity', { identity: identity.handle }))
    expect([old.state, old.replacedBy, old.renewal]).toEqual(['replaced', again.handle, undefined])
  })

  it('leaves the identity that it renews as active as it was', async () => {
    await attached(await sign(identity.requestPem))
    const renewed = await create({ ...truvPlan, name: 'Acme 2027', renews: identity.handle })
    expect(value(await desk.call('readIdentity', { identity: identity.handle })).state).toBe('ready')
    await attached(await sign(renewed.requestPem))
    const old = value(await desk.call('readIdentity', { identity: identity.handle }))
    expect([old.state, old.replacedBy]).toEqual(['ready', undefined])
  })
})

describe('what is not the certificate', () => {
  const handle = () => ({ identity: identity.handle })

  /** Refused, and the identity is byte for byte what it was. */
  async function refusesAndKeeps(given: Parameters<typeof attach>): Promise<unknown> {
    const before = await desk.means.vault.identities.find(identity.handle)
    const answer = await attach(...given)
    expect(await desk.means.vault.identities.find(identity.handle)).toEqual(before)
    return answer.ok ? answer.value : answer.problem
  }

  it('is told as the request that was sent', async () => {
    const path = onDisk('acme.csr', identity.requestPem)
    expect(await refusesAndKeeps([{ from: 'paths', paths: [path] }])).toEqual({
      code: 'attach.is-own-request',
      name: 'acme.csr',
    })
  })

  it('is told as a request of somebody else', async () => {
    const other = await openTestDesk().call('createIdentity', { work: 'w', plan: truvPlan })
    expect(await refusesAndKeeps([value(other).requestPem])).toMatchObject({ code: 'attach.is-request' })
  })

  it('is told as a private key', async () => {
    const { privateKey } = await import('node:crypto').then(({ generateKeyPairSync }) =>
      generateKeyPairSync('ec', {
        namedCurve: 'P-256',
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }),
    )
    const path = onDisk('client.key', privateKey)
    expect(await refusesAndKeeps([{ from: 'paths', paths: [path] }])).toEqual({
      code: 'attach.is-private-key',
      name: 'client.key',
    })
  })

  it('is told as a certificate for another key', async () => {
    const other = value(await openTestDesk().call('createIdentity', { work: 'w', plan: truvPlan }))
    const pem = await sign(other.requestPem)
    expect(await refusesAndKeeps([pem, handle()])).toMatchObject({
      code: 'attach.no-identity',
      subject: 'CN=api-mtls.acme.truv.com,O=Truv Inc,L=Miami,ST=Florida,C=US',
    })
  })

  it('is told as the certificate of another identity here, by name', async () => {
    const second = await create({ ...truvPlan, name: 'Acme live', environment: 'production' })
    const pem = await sign(second.requestPem)
    expect(await refusesAndKeeps([pem, handle()])).toMatchObject({
      code: 'attach.other-identity',
      belongsTo: 'Acme live',
    })
  })

  it.each<[string, string | Uint8Array, string]>([
    ['notes.txt', 'Dear customer, your certificate is attached.', 'file.unknown-kind'],
    ['empty.crt', '', 'file.empty'],
    ['photo.crt', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file.unknown-kind'],
  ])('is told as what it is: %s', async (name, content, code) => {
    const problem = await refusesAndKeeps([{ from: 'paths', paths: [onDisk(name, content)] }, handle()])
    expect(problem).toMatchObject({ code, name })
  })

  it('is told as missing', async () => {
    expect(await refusesAndKeeps([{ from: 'paths', paths: [join(desk.folder, 'gone.crt')] }])).toEqual({
      code: 'file.not-found',
      name: 'gone.crt',
    })
  })
})

describe('a certificate with findings that refuse', () => {
  it.each<[string, { days: number; ago: number }, string]>([
    ['expired', { days: 10, ago: 20 }, 'certificate.expired'],
    ['not yet valid', { days: 100, ago: -20 }, 'certificate.not-yet-valid'],
  ])(
    '%s is flagged, changes nothing, and is attached only with consent to just that',
    async (_, { days, ago }, code) => {
      const at = new Date(desk.outside.now.getTime() - ago * 86_400_000)
      const pem = await sign(identity.requestPem, { days, at })
      const before = await desk.means.vault.identities.find(identity.handle)
      const answer = value(await attach(pem + provider.caPem))
      if (answer.outcome !== 'flagged') throw new Error(answer.outcome)
      expect(answer.findings.filter(({ severity }) => severity === 'refuses').map((one) => one.code)).toEqual([code])
      expect(await desk.means.vault.identities.find(identity.handle)).toEqual(before)
      expect(value(await attach(answer.pem, { despite: ['certificate.other-thing'] })).outcome).toBe('flagged')

      const home = await attached(answer.pem, { despite: [code] })
      expect([home.state, home.chain.length, home.serverCaPem]).toEqual(['ready', 1, provider.caPem])
    },
  )
})

describe('while the vault is locked', () => {
  it('nothing is attached', async () => {
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse' }))
    value(await desk.call('lockVault', {}))
    expect(codeOf(await attach(await sign(identity.requestPem)))).toBe('vault.locked')
  })
})
