import { afterAll, describe, expect, it } from 'vitest'
import { has } from '../support/bench-servers.ts'
import { allShut, doorCast, doorOf, identityOf, verdicts } from '../support/door-cast.ts'
import { apacheDoor, haproxyDoor, nginxDoor, nodeDoor, opensslDoor } from '../support/door-servers.ts'
import { closeAll } from '../support/test-servers.ts'

const cast = doorCast()
afterAll(closeAll)

const shut: [string, () => Promise<number>][] = [
  ['nginx', () => nginxDoor(cast, ({ crl }) => `ssl_verify_client on; ssl_crl ${crl};`)],
  ['Node', () => nodeDoor(cast, { requestCert: true, rejectUnauthorized: true, crl: cast.crl })],
  [
    'openssl s_server',
    () => opensslDoor(cast, '-CAfile', 'CA+CRL', '-Verify', '2', '-verify_return_error', '-crl_check'),
  ],
]
if (has('apache2')) {
  const lines = (crl: string) => `SSLVerifyClient require\nSSLCARevocationFile ${crl}\nSSLCARevocationCheck chain`
  shut.push(['Apache httpd', () => apacheDoor(cast, ({ crl }) => lines(crl))])
}
if (has('haproxy')) shut.push(['HAProxy', () => haproxyDoor(cast, ({ crl }) => `verify required crl-file ${crl}`)])

describe('a door that is shut', () => {
  it.each(shut)('of %s is called shut, in both versions of TLS', async (_, start) => {
    const report = await doorOf(await start(), cast)
    expect(verdicts(report)).toEqual(allShut)
    expect(report).toMatchObject({
      outcome: 'shut',
      connections: 18,
      cancelled: false,
      server: { subject: 'CN=localhost' },
    })
  })
})

// OpenSSL finds the right authority by name, and the signature not to be its own: Node then ends the connection, nginx and
// Apache answer 400 and an alert, even where they let other strangers in.
const stranger = { 'self-signed': 'open', 'other-ca': 'open', 'same-name-ca': 'shut' }
const everyStranger = { ...stranger, 'same-name-ca': 'open' }
const flawed = { expired: 'open', 'not-yet-valid': 'open', 'server-only': 'open', revoked: 'open' }
const open: [string, () => Promise<number>, object][] = [
  [
    'nginx with ssl_verify_client optional',
    () => nginxDoor(cast, ({ crl }) => `ssl_verify_client optional; ssl_crl ${crl};`),
    { none: 'open' },
  ],
  [
    'nginx with ssl_verify_client optional_no_ca',
    () => nginxDoor(cast, () => 'ssl_verify_client optional_no_ca;'),
    { none: 'open', ...stranger, revoked: 'open' },
  ],
  ['nginx without a revocation list', () => nginxDoor(cast, () => 'ssl_verify_client on;'), { revoked: 'open' }],
  ['nginx that asks for none', () => nginxDoor(cast, () => ''), { none: 'open', ...everyStranger, ...flawed }],
  [
    'Node with rejectUnauthorized: false',
    () => nodeDoor(cast, { requestCert: true, rejectUnauthorized: false }),
    { none: 'open', ...stranger, ...flawed },
  ],
  [
    'Node that compares the name of the issuer',
    () =>
      nodeDoor(
        cast,
        { requestCert: true, rejectUnauthorized: false, ca: undefined },
        'const { issuer } = request.socket.getPeerCertificate(); response.writeHead(issuer?.CN === "Door client CA" ? 200 : 403).end()',
      ),
    { 'same-name-ca': 'open', ...flawed },
  ],
  [
    'openssl s_server that only shows errors',
    () => opensslDoor(cast, '-CAfile', 'CA', '-verify', '2'),
    { none: 'open', ...everyStranger, ...flawed },
  ],
]
if (has('haproxy')) {
  open.push([
    'HAProxy that ignores what has expired',
    () => haproxyDoor(cast, ({ crl }) => `verify required crl-file ${crl} crt-ignore-err 10`),
    { expired: 'open' },
  ])
  open.push([
    'HAProxy with verify none',
    () => haproxyDoor(cast, () => 'verify none'),
    { none: 'open', ...everyStranger, ...flawed },
  ])
}
if (has('apache2')) {
  open.push([
    'Apache httpd with SSLVerifyClient optional_no_ca',
    () => apacheDoor(cast, () => 'SSLVerifyClient optional_no_ca'),
    { none: 'open', ...stranger, revoked: 'open' },
  ])
}

describe('a door that is open', () => {
  it.each(open)('%s', async (_, start, differs) => {
    const report = await doorOf(await start(), cast)
    expect(verdicts(report)).toEqual({ ...allShut, ...differs })
    expect(report.outcome).toBe('open')
  })
})

describe('what an application answers', () => {
  it('is held against what the right certificate gets', async () => {
    const port = await nginxDoor(cast, () => 'ssl_verify_client optional;')
    const hook = await doorOf(port, cast, {}, '/hook')
    expect(verdicts(hook)).toMatchObject({ none: 'open', 'self-signed': 'shut', right: 'lets-in' })
    const redirected = await doorOf(port, cast, {}, '/by-verify')
    expect(verdicts(redirected)).toMatchObject({ none: 'shut', 'self-signed': 'shut', right: 'lets-in' })
    expect(JSON.stringify(redirected)).not.toContain('secret')
  })

  it('counts as let in when only those without a certificate are refused before', async () => {
    const port = await nginxDoor(cast, ({ crl }) => `ssl_verify_client on; ssl_crl ${crl};`)
    expect(verdicts(await doorOf(port, cast, {}, '/needs-login'))).toEqual(allShut)
  })

  it('says nothing where everybody is told to sign in', async () => {
    const port = await nginxDoor(cast, () => '')
    const report = await doorOf(port, cast, {}, '/needs-login')
    expect(report.outcome).toBe('cannot-tell')
    expect(verdicts(report)).toMatchObject({ right: 'cannot-tell' })
  })
})

describe('what is at hand', () => {
  it('leaves untried what only the right authority could issue', async () => {
    const port = await nginxDoor(cast, () => 'ssl_verify_client on;')
    const only = { right: undefined, authority: undefined, revoked: undefined, issuerDer: cast.clientCa.der }
    const report = await doorOf(port, cast, only)
    const strangers = { none: 'shut', 'self-signed': 'shut', 'other-ca': 'shut', 'same-name-ca': 'shut' }
    expect(verdicts(report)).toMatchObject({
      ...strangers,
      expired: 'not-tried',
      revoked: 'not-tried',
      right: 'not-tried',
    })
    expect(report.connections).toBe(8)
  })

  it('does not call a door shut to the expired that refuses the right one as well', async () => {
    const other = doorCast()
    const port = await nginxDoor(cast, () => 'ssl_verify_client on;')
    const report = await doorOf(port, other, { right: identityOf(other.provider) }).catch(
      (fault: Error) => fault.message,
    )
    expect(report).toContain('door.server-untrusted')
    const strange = await doorOf(port, { ...other, serverCa: cast.serverCa })
    expect(strange.outcome).toBe('shuts-out')
    expect(verdicts(strange)).toMatchObject({
      none: 'shut',
      'other-ca': 'shut',
      expired: 'cannot-tell',
      right: 'shuts-out',
    })
  })

  it('tries another client of the same authority where the door pins one', async () => {
    const pins = 'if ($ssl_client_s_dn != "CN=hooks.provider.example,O=Provider") { return 403; }'
    const port = await nginxDoor(cast, () => `ssl_verify_client on; ${pins}`)
    expect(verdicts(await doorOf(port, cast, { pinned: true }))).toMatchObject({
      'other-subject': 'shut',
      right: 'lets-in',
    })
    const loose = await nginxDoor(cast, () => 'ssl_verify_client on;')
    expect(verdicts(await doorOf(loose, cast, { pinned: true }))).toMatchObject({ 'other-subject': 'open' })
  })

  it('does not try twenty times what a server does not speak', async () => {
    const port = await nodeDoor(cast, { requestCert: true, minVersion: 'TLSv1.3', crl: cast.crl })
    const report = await doorOf(port, cast)
    expect(report.connections).toBe(10)
    expect(report.rows.filter((row) => row.version === 'TLSv1.2').map((row) => row.verdict)).toEqual(
      Array(9).fill('not-tried'),
    )
    expect(report.outcome).toBe('shut')
  })
})
