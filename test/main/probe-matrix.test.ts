import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probe } from '../../electron/tls/probe.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import {
  closeAll,
  hasNginx,
  nginxServer,
  nodeServer,
  opensslServer,
  type ServerFiles,
  type TestServer,
} from '../support/test-servers.ts'

/**
 * What each server says to each client certificate, and what we make of it. The truth is one column; where one attempt
 * cannot tell causes apart (nginx has one page for all), the truth must at least be among the first three.
 */
const truth: Record<string, string> = {
  good: 'ok',
  'good with intermediate': 'ok',
  RSA: 'ok',
  none: 'client.none-sent',
  'other CA': 'client.untrusted-issuer',
  'self-signed': 'client.self-signed',
  're-created CA': 'client.same-name-other-key',
  'wrong purpose': 'client.wrong-purpose',
  'key usage': 'client.key-usage',
  expired: 'client.expired',
  'not yet valid': 'client.not-yet-valid',
  'missing intermediate': 'client.missing-intermediate',
  'RSA 1024': 'client.too-weak',
  'SHA-1': 'client.too-weak',
  'another key': 'client.key-mismatch',
  'key of another kind': 'client.key-mismatch',
  revoked: 'client.revoked',
}

const makers: [string, (files: ServerFiles) => Promise<TestServer>, Partial<ServerFiles>][] = [
  ['openssl 1.3', opensslServer, { minVersion: 'TLSv1.3' }],
  ['openssl 1.2', opensslServer, { maxVersion: 'TLSv1.2' }],
  ['node 1.3', nodeServer.bind(null, 'tls'), { minVersion: 'TLSv1.3' }],
  ['node 1.2', nodeServer.bind(null, 'tls'), { maxVersion: 'TLSv1.2' }],
  ...(hasNginx
    ? ([
        ['nginx 1.3', nginxServer, { minVersion: 'TLSv1.3' }],
        ['nginx 1.2', nginxServer, { maxVersion: 'TLSv1.2' }],
      ] as [string, typeof nginxServer, Partial<ServerFiles>][])
    : []),
]

/** Node checks no list here, and its security level takes RSA 1024. */
const nodeLetsIn = ['revoked', 'RSA 1024']

let cast: Cast
const tally: string[] = []

beforeAll(() => {
  cast = makeCast()
})
afterAll(async () => {
  await closeAll()
  const { electron, node, openssl } = process.versions
  const library = electron ? 'BoringSSL' : `OpenSSL ${openssl}`
  const engine = `engine: ${electron ? `Electron ${electron}` : `Node ${node}`}, ${library}`
  process.stdout.write(`verdicts, ${engine}, server by server (first / among three / missed):\n${tally.join('\n')}\n`)
})

async function verdictOf(port: number, who: string) {
  const client = cast.clients[who]
  const attempt = await probe({
    url: `https://localhost:${port}/`,
    method: 'GET',
    headers: [],
    identity: client ? identityOf(client) : null,
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 5000,
  })
  const facts = (der: Uint8Array) => readCertificate(der)?.facts ?? {}
  const context = client
    ? {
        certificate: facts(client.certificate.der),
        chain: client.chain.map((link) => facts(link.der)),
        now: new Date(),
      }
    : { now: new Date() }
  return { attempt, verdict: diagnose(attempt, context) }
}

describe.each(makers)('against %s', (name, make, versions) => {
  let server: TestServer
  beforeAll(async () => {
    const { serverPem: cert, clientRoot, crl } = cast
    server = await make({
      cert,
      key: cast.server.keyPem,
      clientCa: clientRoot.pem,
      ...(name.startsWith('node') ? {} : { crl }),
      ...versions,
    })
  })

  it('names the cause of every refusal first or among the first three, and never calls one ok', async () => {
    const cells: Record<string, string> = {}
    for (const [who, cause] of Object.entries(truth)) {
      if (name.startsWith('node') && nodeLetsIn.includes(who)) continue
      const { attempt, verdict } = await verdictOf(server.port, who)
      const codes = verdict.causes.map(({ code }) => code)
      cells[who] =
        codes[0] === cause
          ? 'first'
          : codes.slice(0, 3).includes(cause)
            ? 'three'
            : `missed: ${codes} ${JSON.stringify(attempt.failure)} ${attempt.http?.status}`
      if (cause !== 'ok') expect(verdict.outcome, who).toBe('refused')
      else expect(verdict, who).toMatchObject({ outcome: 'accepted', cause: 'ok' })
    }
    const of = (mark: string) => Object.values(cells).filter((cell) => cell === mark).length
    const missed = Object.entries(cells).filter(([, cell]) => cell.startsWith('missed'))
    tally.push(
      `${name}: ${of('first')} / ${of('three')} / ${missed.length}  ${JSON.stringify(Object.entries(cells).filter(([, cell]) => cell !== 'first'))}`,
    )
    expect(missed).toEqual([])
    expect(of('first') / Object.keys(cells).length).toBeGreaterThanOrEqual(0.9)
  })
})
