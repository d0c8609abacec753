import { createServer as createTcp } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProbeOptions, probe } from '../../electron/tls/probe.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { hugeRequest } from '../support/fault-servers.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeHere, listenHere } from '../support/proxy-servers.ts'
import { closeAll, nodeServer, opensslServer } from '../support/test-servers.ts'

let cast: Cast
beforeAll(() => {
  cast = makeCast()
})
afterAll(async () => {
  await closeHere()
  await closeAll()
})

const files = (change: object = {}) => ({
  cert: cast.serverPem,
  key: cast.server.keyPem,
  clientCa: cast.clientRoot.pem,
  ...change,
})
const bytes = (...given: Buffer[]) =>
  listenHere(
    createTcp((socket) => void socket.on('error', () => {}).once('data', () => socket.write(Buffer.concat(given)))),
  )
type Told = Pick<Row, 'during' | 'code' | 'alert' | 'asked' | 'sent'>
type Row = {
  what: string
  server: () => Promise<number>
  client?: string
  change?: Partial<ProbeOptions>
  during?: string
  code?: string
  alert?: number
  asked?: boolean
  sent?: boolean
  /** What BoringSSL tells instead. */
  boring?: Told
  cause: string
}

const only13 = { minVersion: 'TLSv1.3' }
const only12 = { maxVersion: 'TLSv1.2' }
const node = (change = {}) => nodeServer('tls', files(change)).then(({ port }) => port)
const openssl = (change: object, ...more: string[]) => opensslServer(files(change), ...more).then(({ port }) => port)
const quiet = { clientCa: undefined }
const serverOf = async (change: object, chain = true) => {
  const own = cast.serverWith(change)
  return node({ cert: own.pem + (chain ? cast.serverCa.pem : ''), key: own.keyPem, ...quiet })
}

/** One line for each situation: what OpenSSL tells, where BoringSSL differs, and the verdict, which is the same. */
const rows: Row[] = [
  {
    what: 'no certificate, TLS 1.3',
    server: () => node(only13),
    during: 'response',
    code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    alert: 116,
    asked: true,
    sent: false,
    boring: { code: 'ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED' },
    cause: 'client.none-sent',
  },
  {
    what: 'no certificate, TLS 1.2',
    server: () => node(only12),
    during: 'tls',
    code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    alert: 40,
    asked: true,
    sent: false,
    cause: 'client.none-sent',
  },
  {
    what: 'an expired certificate, TLS 1.3',
    server: () => openssl(only13),
    client: 'expired',
    during: 'response',
    code: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
    alert: 45,
    asked: true,
    sent: true,
    cause: 'client.expired',
  },
  {
    what: 'an RSA key where only ECDSA is taken, TLS 1.3',
    server: () => openssl({ ...only13, sigalgs: 'ECDSA+SHA256' }),
    client: 'RSA',
    during: 'response',
    code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    alert: 116,
    asked: true,
    sent: false,
    // OpenSSL answers with nothing and leaves the refusal to the server, BoringSSL breaks off by itself.
    boring: { during: 'tls', code: 'ERR_SSL_NO_COMMON_SIGNATURE_ALGORITHMS', alert: 40, sent: undefined },
    cause: 'client.no-common-signature',
  },
  {
    what: 'an RSA key where only ECDSA is taken, TLS 1.2',
    server: () => openssl({ ...only12, sigalgs: 'ECDSA+SHA256' }),
    client: 'RSA',
    during: 'tls',
    code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    alert: 40,
    asked: true,
    sent: false,
    boring: { code: 'ERR_SSL_UNKNOWN_CERTIFICATE_TYPE', sent: undefined },
    cause: 'client.no-common-signature',
  },
  {
    what: 'another key of the same kind',
    server: async () => 1,
    client: 'another key',
    during: 'tls',
    code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
    cause: 'client.key-mismatch',
  },
  {
    what: 'a key of another kind',
    server: async () => 1,
    client: 'key of another kind',
    during: 'tls',
    code: 'ERR_OSSL_X509_KEY_TYPE_MISMATCH',
    cause: 'client.key-mismatch',
  },
  { what: 'RSA 1024', server: () => node(), client: 'RSA 1024', asked: true, sent: true, cause: 'ok' },
  {
    what: 'a certificate signed with SHA-1',
    server: () => node(),
    client: 'SHA-1',
    during: 'tls',
    code: 'ERR_SSL_CA_MD_TOO_WEAK',
    // BoringSSL loads it; then the server refuses it.
    boring: { during: 'response', code: 'ECONNRESET', asked: true, sent: true },
    cause: 'client.too-weak',
  },
  {
    what: 'a server of TLS 1.1',
    server: () => openssl(quiet, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'),
    during: 'tls',
    code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    alert: 70,
    cause: 'tls.version',
  },
  {
    what: 'a server of TLS 1.3, called in 1.2',
    server: () => node(only13),
    change: { options: { maxVersion: 'TLSv1.2' } },
    during: 'tls',
    code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    alert: 70,
    cause: 'tls.version',
  },
  {
    what: 'a server of plain HTTP',
    server: async () => (await nodeServer('http')).port,
    during: 'tls',
    code: 'ERR_SSL_WRONG_VERSION_NUMBER',
    boring: { alert: 70 },
    cause: 'net.not-tls',
  },
  {
    what: 'a record of 17 KB',
    server: () => bytes(Buffer.from([22, 3, 3, 0x44, 0]), Buffer.alloc(17_408, 2)),
    during: 'tls',
    code: 'ERR_SSL_PACKET_LENGTH_TOO_LONG',
    alert: 22,
    boring: { code: 'ERR_SSL_ENCRYPTED_LENGTH_TOO_LONG' },
    cause: 'net.not-tls',
  },
  {
    what: 'a megabyte of authorities',
    server: () => hugeRequest(cast.serverWith({ key: 'rsa' }).der, 1),
    client: 'good',
    during: 'tls',
    code: 'ERR_SSL_EXCESSIVE_MESSAGE_SIZE',
    alert: 47,
    cause: 'tls.failed',
  },
  {
    what: 'a server that signed itself',
    server: () => serverOf({ issuer: undefined }, false),
    during: 'server-trust',
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    asked: false,
    sent: false,
    boring: { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
    cause: 'server.self-signed',
  },
  {
    what: 'a server without its intermediate',
    server: () => node({ cert: cast.server.pem, ...quiet }),
    during: 'server-trust',
    code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    asked: false,
    sent: false,
    cause: 'server.incomplete-chain',
  },
  {
    what: 'a server that has expired',
    server: () => serverOf({ fromDays: -60, toDays: -30 }),
    during: 'server-trust',
    code: 'CERT_HAS_EXPIRED',
    asked: false,
    sent: false,
    cause: 'server.expired',
  },
  {
    what: 'a server with a certificate for clients',
    server: () => serverOf({ purposes: ['clientAuth'] }),
    during: 'server-trust',
    code: 'INVALID_PURPOSE',
    asked: false,
    sent: false,
    cause: 'server.wrong-purpose',
  },
  {
    what: 'a server of HTTP/2 only',
    server: () => openssl(quiet, '-alpn', 'h2'),
    during: 'tls',
    code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    alert: 120,
    cause: 'tls.no-common-protocol',
  },
]

/** Since 3.5 OpenSSL spells the old version names with a slash. */
const spelled = (code: string | undefined) => code?.replace('ERR_SSL_SSL/TLS_ALERT', 'ERR_SSL_SSLV3_ALERT')

describe('OpenSSL and BoringSSL', () => {
  it.each(rows)('tell $what each in its way, and the verdict is $cause', async (row) => {
    const client = row.client === undefined ? undefined : cast.clients[row.client]
    const attempt = await probe({
      url: `https://localhost:${await row.server()}/`,
      method: 'GET',
      headers: [],
      identity: client ? identityOf(client) : null,
      trust: { caPem: cast.serverRoot.pem },
      timeoutMs: 3000,
      ...row.change,
    })
    const { during, code, alert, asked, sent } = { ...row, ...(process.versions.electron ? row.boring : {}) }
    const { failure, certificateAsked, certificateSent } = attempt
    expect({
      during: failure?.during,
      code: spelled(failure?.code),
      alert: attempt.alert?.number,
      asked: certificateAsked,
      sent: certificateSent,
    }).toEqual({ during, code, alert, asked, sent })
    const certificate = client && readCertificate(client.certificate.der)?.facts
    expect(diagnose(attempt, { certificate, now: new Date() }).cause).toBe(row.cause)
  })
})
