import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issue } from '../../electron/authority/issue.ts'
import { makeList } from '../../electron/authority/make-list.ts'
import type { SigningService } from '../../shared/calls/signing-services.ts'
import { type CfsslServer, cfsslServer } from '../support/cfssl-server.ts'
import { orderHere } from '../support/issue-here.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { closeAll } from '../support/test-servers.ts'
import { openssl, run, scratch } from '../support/tools.ts'

const files = scratch()
let cfssl: CfsslServer
let secure: CfsslServer
beforeAll(async () => {
  ;[cfssl, secure] = await Promise.all([cfsslServer(), cfsslServer({ tls: true, cn: 'Second CA' })])
}, 30_000)
afterAll(async () => {
  await closeAll()
  files.remove()
})

const serviceOf = (more: object = {}): SigningService => ({
  at: 'cfssl',
  url: cfssl.url,
  authKey: cfssl.authKey,
  plainHttp: false,
  ...more,
})

function newDesk(): TestDesk {
  const desk = openTestDesk()
  desk.outside.now = new Date()
  return desk
}

async function added(desk: TestDesk, service: SigningService): Promise<string> {
  const behind = value(await desk.call('askSigningService', { work: 'w', service }))
  const sha256 = behind.authority.facts.sha256 ?? ''
  const asked = { work: 'w', name: 'Company CA', service, sha256, askEachTime: false }
  return value(await desk.call('addSigningService', asked)).handle
}

describe('a real cfssl server', () => {
  it('tells which authority is behind it, without a key', async () => {
    const service = serviceOf({ authKey: undefined })
    const { authority, chain } = value(await newDesk().call('askSigningService', { work: 'w', service }))
    expect([authority.facts.subject, chain]).toEqual(['CN=Cfssl CA,O=Acme', []])
  })

  it('signs requests that are shown in the book, and OpenSSL agrees', async () => {
    const desk = newDesk()
    const authority = await added(desk, serviceOf())
    const order = await orderHere(desk.means, authority, 'api.example.com', { sans: ['DNS:api.example.com'] })
    const { record, differences } = value(await issue(desk.means, order))
    const leaf = files.put('leaf.pem', record.certificatePem ?? '')
    const ca = files.put('ca.pem', cfssl.caPem)
    const verified = await openssl(['verify', '-purpose', 'sslclient', '-CAfile', ca, leaf])
    expect(verified.toString()).toContain('leaf.pem: OK')
    const text = (await openssl(['x509', '-in', leaf, '-noout', '-text'])).toString()
    expect(text).toContain('DNS:api.example.com')
    // What the service decides by itself is told: among it the serial number, and how long it is good for.
    expect(differences.map(({ field }) => field)).toContain('serial')
    expect(differences.map(({ field }) => field)).not.toContain('key')
    const { issued, authorities } = value(await desk.call('readBook', {}))
    expect(issued).toMatchObject([{ name: 'api.example.com', authorityName: 'Company CA' }])
    expect(authorities).toMatchObject([{ keyAt: 'cfssl', list: { state: 'none' } }])
  })

  it('is asked for the subject and the names that the screen shows', async () => {
    const desk = newDesk()
    const authority = await added(desk, serviceOf())
    const subject = [
      { type: 'O', value: 'Acme' },
      { type: 'CN', value: 'other.example.com' },
    ]
    const order = await orderHere(desk.means, authority, 'api.example.com', { subject, sans: ['IP:192.0.2.7'] })
    const { record, differences } = value(await issue(desk.means, order))
    expect(record.subject).toBe('CN=other.example.com,O=Acme')
    expect(differences.map(({ field }) => field).filter((field) => field.startsWith('subject'))).toEqual([])
  })

  it('shows what its profile decides otherwise than the screen', async () => {
    const desk = newDesk()
    const authority = await added(desk, serviceOf({ profile: 'server' }))
    const order = await orderHere(desk.means, authority, 'api.example.com')
    const { differences } = value(await issue(desk.means, order))
    const usage = differences.find(({ field }) => field === 'extension.2.5.29.37')
    expect([usage?.shown, usage?.issued]).toEqual([
      expect.stringContaining('clientAuth'),
      expect.stringContaining('serverAuth'),
    ])
  })

  it('is called by https with the authority that was given, and not without it', async () => {
    const desk = newDesk()
    const service = serviceOf({ url: secure.url, authKey: secure.authKey })
    expect(codeOf(await desk.call('askSigningService', { work: 'w', service }))).toBe('service.not-trusted')
    const authority = await added(desk, { ...service, serverCaPem: secure.serverCaPem })
    const order = await orderHere(desk.means, authority, 'api.example.com')
    expect(value(await issue(desk.means, order)).record.subject).toBe('CN=api.example.com')
  })

  it('refuses in our words: another key, a policy, a request that it cannot read', async () => {
    const desk = newDesk()
    const wrongKey = await added(desk, serviceOf({ authKey: '00112233' }))
    expect(codeOf(await issue(desk.means, await orderHere(desk.means, wrongKey, 'a')))).toBe('service.secret-refused')
    const other = newDesk()
    const picky = await added(other, serviceOf({ profile: 'picky' }))
    const order = await orderHere(other.means, picky, 'a.example.com', { sans: ['DNS:a.example.com'] })
    const refused = await issue(other.means, order)
    expect(codeOf(refused)).toBe('service.policy-refuses')
    const strange = { ...order, requestDer: Uint8Array.of(0x30, 0) }
    expect(codeOf(await issue(other.means, strange))).toBe('service.request-refused')
    expect(value(await other.call('readBook', {})).issued).toEqual([])
  })

  it('makes no revocation lists, and says where they are', async () => {
    const desk = newDesk()
    const authority = await added(desk, serviceOf())
    expect(codeOf(await makeList(desk.means, authority))).toBe('service.no-lists')
  })

  it('keeps its key sealed, and hands it to no other address', async () => {
    const desk = newDesk()
    const authority = await added(desk, serviceOf())
    const detail = JSON.stringify(value(await desk.call('readAuthority', { authority })))
    expect(detail.toLowerCase()).not.toContain(cfssl.authKey.toLowerCase())
    const { stdout } = await run('grep', ['-ril', cfssl.authKey, desk.folder])
    expect(stdout.toString()).toBe('')
    // Another address, with the same authority behind it and no key given: what was sealed is gone.
    const service = serviceOf({ url: cfssl.url.replace('127.0.0.1', 'localhost'), authKey: undefined })
    value(await desk.call('changeSigningService', { work: 'w', authority, service }))
    expect(value(await desk.means.vault.authorities.secret(authority, 'authKey'))).toBeUndefined()
    const moved = serviceOf({ url: secure.url, serverCaPem: secure.serverCaPem })
    expect(codeOf(await desk.call('changeSigningService', { work: 'w', authority, service: moved }))).toBe(
      'service.other-authority',
    )
  })

  it('is added once, and only as the authority that was shown', async () => {
    const desk = newDesk()
    await added(desk, serviceOf())
    const behind = value(await desk.call('askSigningService', { work: 'w', service: serviceOf() }))
    const asked = { work: 'w', name: 'Again', service: serviceOf(), askEachTime: false }
    const sha256 = behind.authority.facts.sha256 ?? ''
    expect(codeOf(await desk.call('addSigningService', { ...asked, sha256 }))).toBe('authority.already-here')
    expect(codeOf(await desk.call('addSigningService', { ...asked, sha256: 'ab'.repeat(32) }))).toBe(
      'service.other-authority',
    )
  })
})

describe('what is not a cfssl server', () => {
  let server: Server
  let url: string
  let answer: (body: string) => [number, string] = () => [200, '']
  beforeAll(async () => {
    server = createServer((asked, reply) => {
      let body = ''
      asked.on('data', (part) => {
        body += part
      })
      asked.on('end', () => {
        const [status, text] = answer(body)
        reply.writeHead(status, { 'Content-Type': 'text/plain' }).end(text)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  const ask = async (status: number, text: string) => {
    answer = () => [status, text]
    return codeOf(await newDesk().call('askSigningService', { work: 'w', service: serviceOf({ url }) }))
  }

  it('is refused whatever it answers', async () => {
    expect(await ask(404, '404 page not found')).toBe('service.not-there')
    expect(await ask(200, '<html>')).toBe('service.answer-strange')
    expect(await ask(200, '{"success":true,"result":{"certificate":"nonsense"},"errors":[],"messages":[]}')).toBe(
      'service.answer-strange',
    )
    expect(await ask(500, '{"success":false,"result":null,"errors":[{"code":1234,"message":"no"}]}')).toBe(
      'service.says-no',
    )
    expect(await ask(302, '')).toBe('service.moved')
    expect(await ask(200, 'x'.repeat(1_100_000))).toBe('service.answer-too-large')
  })

  it('is not called without encryption beyond this computer, unless that was allowed', async () => {
    const service = serviceOf({ url: 'http://ca.example.com:8888' })
    expect(codeOf(await newDesk().call('askSigningService', { work: 'w', service }))).toBe('service.plain-http')
  })

  it.each(['', 'ca.example.com', 'ftp://ca', 'https://user:secret@ca', 'https://ca/?x=1'])(
    'has an address that is none: %j',
    async (address) => {
      const service = serviceOf({ url: address || ' ' })
      expect(codeOf(await newDesk().call('askSigningService', { work: 'w', service }))).toBe('service.address-wrong')
    },
  )

  it('is told where nothing listens, and where a key is no key', async () => {
    const nothing = serviceOf({ url: 'http://127.0.0.1:1' })
    expect(codeOf(await newDesk().call('askSigningService', { work: 'w', service: nothing }))).toBe(
      'service.unreachable',
    )
    const spoilt = serviceOf({ authKey: 'env:KEY' })
    expect(codeOf(await newDesk().call('askSigningService', { work: 'w', service: spoilt }))).toBe(
      'service.secret-malformed',
    )
  })
})
