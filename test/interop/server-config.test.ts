import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { encodeList } from '../../shared/pki/crl-writer.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { signDer } from '../../shared/pki/sign-der.ts'
import type { ServerKind, ServerWish } from '../../shared/serverconfig/server-wish.ts'
import { usualHeaders } from '../../shared/serverconfig/usual-wish.ts'
import { type Configured, echoServer, startConfigured } from '../support/configured-servers.ts'
import { allShut, type DoorCast, doorAuthority, doorCast, doorOf, identityOf, verdicts } from '../support/door-cast.ts'
import { closeHere } from '../support/proxy-servers.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'
import { type Issued, issue } from '../support/throwaway-pki.ts'

const cast = doorCast()
const issuing = issue({ subject: ['O=Door', 'CN=Door issuing CA'], issuer: cast.clientCa, isCa: true, fromDays: -60 })
const hooks = { subject: ['O=Provider', 'CN=hooks.provider.example'], sans: ['DNS:hooks.provider.example'] }
const chained: DoorCast = {
  ...cast,
  provider: issue({ ...hooks, issuer: issuing }),
  revoked: issue({ ...hooks, issuer: issuing }),
}
let files: Pick<ServerWish, 'certificate' | 'key' | 'clientCa' | 'crl' | 'upstream'> & {
  put(name: string, text: string): string
}

async function listOf(ca: Issued, revoked: Issued[], number = 1): Promise<string> {
  const pkcs8 = ca.key.export({ type: 'pkcs8', format: 'der' })
  const { facts, subject } = readCertificate(ca.der)!
  const hour = 3_600_000
  const list = encodeList({
    issuer: subject,
    keyIdentifier: facts.subjectKeyIdentifier ?? '',
    key: 'ec-p256',
    number,
    thisUpdate: new Date(Date.now() - hour),
    nextUpdate: new Date(Date.now() + 24 * hour),
    revoked: revoked.map(({ serial }) => ({
      serial: Buffer.from(serial).toString('hex'),
      at: new Date(Date.now() - hour),
      reason: 'superseded',
    })),
  })
  return toPem('X509 CRL', await signDer(list, { pkcs8, key: 'ec-p256' }))
}

beforeAll(async () => {
  const folder = scratchFolder()
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const lists = (await listOf(cast.clientCa, [])) + (await listOf(issuing, [chained.revoked]))
  const upstream = await echoServer()
  files = {
    certificate: put('server.crt', cast.server.pem),
    key: put('server.key', cast.server.keyPem),
    clientCa: put('clients.crt', issuing.pem + cast.clientCa.pem),
    crl: put('clients.crl', lists),
    upstream: `http://127.0.0.1:${upstream}`,
    put,
  }
})
afterAll(() => Promise.all([closeAll(), closeHere()]))

const servers = ['nginx', 'apache', 'haproxy', 'caddy', 'node', 'express', 'fastify', 'go'] as const

const wish = (own: Partial<ServerWish>): Omit<ServerWish, 'port'> => {
  const { put: _, ...paths } = files
  return { host: 'localhost', address: '127.0.0.1', depth: 1, headers: usualHeaders, ...paths, ...own }
}

/** Checks with the right one under an issuing authority, another client of it, and a revoked one. */
const doorOfChained = (port: number, pinned: boolean) =>
  doorOf(port, chained, {
    authority: { ...doorAuthority(issuing), chainPem: [issuing.pem] },
    right: { ...identityOf(chained.provider), chainPem: [issuing.pem] },
    revoked: { ...identityOf(chained.revoked), chainPem: [issuing.pem] },
    pinned,
  })

describe.each(servers)('%s, started from the file that is written for it', (server) => {
  let started: Configured
  beforeAll(async () => {
    started = await startConfigured(server, wish({ pin: { by: 'name', name: 'hooks.provider.example' } }))
  }, 60_000)

  it('has a door that is shut, to the revoked and to other clients as well', async () => {
    const report = await doorOfChained(started.port, true)
    const revoked = started.configuration.refusesRevoked ? 'shut' : 'open'
    expect(verdicts(report)).toEqual({ ...allShut, revoked, 'other-subject': 'shut' })
  })

  it('tells the application who called, and nothing that the caller says of it', async () => {
    const told = await spoofed(started.port)
    expect(told).not.toMatch(/spoof/i)
    expect(told).toContain('hooks.provider.example')
    if (['nginx', 'apache', 'haproxy', 'caddy'].includes(server)) expectHeaders(server, told)
  })

  it('lets in one pinned certificate alone', async () => {
    const peer = new X509Certificate(chained.provider.pem)
    const pin = {
      by: 'certificate',
      sha256: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
      sha1: peer.fingerprint.replaceAll(':', '').toLowerCase(),
      serial: peer.serialNumber.toLowerCase(),
    } as const
    const { port } = await startConfigured(server, wish({ pin, crl: undefined }))
    expect(verdicts(await doorOfChained(port, true))).toEqual({ ...allShut, 'other-subject': 'shut' })
  })
})

// Express and Fastify are given the same lines as Node.
describe.each(servers.filter((server) => server !== 'express' && server !== 'fastify'))('%s', (server) => {
  it('lets in other clients and the revoked, where neither pin nor list is wanted', async () => {
    const { port, configuration } = await startConfigured(server, wish({ crl: undefined }))
    expect(configuration.refusesRevoked).toBe(false)
    expect(verdicts(await doorOfChained(port, true))).toEqual({ ...allShut, revoked: 'open', 'other-subject': 'open' })
  })
})

describe.each(servers.filter((server) => ['nginx', 'node', 'express', 'fastify', 'go'].includes(server)))(
  '%s',
  (server) => {
    it('refuses whom a new list names once it was told to read it', async () => {
      const lists = await Promise.all([listOf(cast.clientCa, []), listOf(issuing, [])])
      const crl = files.put(`${server}.crl`, lists.join(''))
      const { port, reload } = await startConfigured(server, wish({ crl }))
      expect(verdicts(await doorOfChained(port, false)).revoked).toBe('open')
      writeFileSync(crl, (await listOf(cast.clientCa, [], 2)) + (await listOf(issuing, [chained.revoked], 2)))
      reload()
      await expect
        .poll(async () => verdicts(await doorOfChained(port, false)).revoked, { timeout: 10_000 })
        .toBe('shut')
    })
  },
)

describe.each(servers.filter((server) => server === 'nginx' || server === 'apache'))('%s', (server) => {
  it('takes no longer chain than the depth says', async () => {
    const { port } = await startConfigured(server, wish({ depth: 0 }))
    const report = await doorOfChained(port, false)
    expect(report.outcome).toBe('shuts-out')
  })
})

/** Calls as the right one, with made-up headers of the names that the application looks at. */
function spoofed(port: number): Promise<string> {
  const names = Object.values(usualHeaders)
  const headers = Object.fromEntries(
    names.flatMap((name) => [
      [name, 'CN=spoofed'],
      [name.replaceAll('-', '_'), 'CN=spoofed'],
    ]),
  )
  return new Promise((resolve, reject) => {
    const { keyPem, pem } = chained.provider
    const call = request(
      { port, host: 'localhost', key: keyPem, cert: pem + issuing.pem, ca: cast.serverCa.pem, headers, agent: false },
      (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve(body))
      },
    )
    call.on('error', reject).end()
  })
}

function expectHeaders(server: ServerKind, told: string): void {
  const raw: string[] = JSON.parse(told).headers
  const of = (wanted: string) => raw.filter((_, i) => raw[i - 1]?.toLowerCase() === wanted.toLowerCase() && i % 2 === 1)
  const peer = new X509Certificate(chained.provider.pem)
  expect(of(usualHeaders.subject)).toEqual(['CN=hooks.provider.example,O=Provider'])
  const [certificate = ''] = of(usualHeaders.certificate)
  const pem = server === 'nginx' ? decodeURIComponent(certificate) : certificate
  const der = pem.replace(/-----[^-]*-----|\s/g, '')
  expect(new X509Certificate(Buffer.from(der, 'base64')).fingerprint256).toBe(peer.fingerprint256)
  const [fingerprint] = of(usualHeaders.fingerprint)
  const sha = server === 'nginx' ? peer.fingerprint : peer.fingerprint256
  expect(fingerprint).toBe(server === 'apache' ? undefined : sha.replaceAll(':', '').toLowerCase())
}
