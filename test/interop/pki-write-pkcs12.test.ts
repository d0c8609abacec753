import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { createSecureContext } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bytes } from '../../shared/pki/der.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { writePkcs12 } from '../../shared/pki/pkcs12-writer.ts'
import type { Authority } from '../../shared/pki/x509.ts'
import { buildRequest, createAuthority, issueFromRequest } from '../../shared/pki/x509.ts'
import { openssl, run, scratch, withLegacy } from '../support/tools.ts'

const files = scratch()
const now = new Date()
const passphrase = 'correct horse'

let authority: Authority & { pem: string }
let leaf: { pkcs8: Bytes; der: Bytes; pem: string }

async function issued(cn: string, purpose: 'clientAuth' | 'serverAuth', names: string[] = []) {
  const { pkcs8 } = await generateKey('ec-p256')
  const subject = [{ type: 'CN', value: cn }]
  const request = await buildRequest({ pkcs8, key: 'ec-p256', subject, subjectAltNames: names })
  const made = await issueFromRequest({ authority, requestDer: request.der, days: 30, now, purposes: [purpose] })
  if (!made.ok) throw new Error(made.problem.code)
  return { pkcs8, der: made.value.der, pem: made.value.pem }
}

beforeAll(async () => {
  authority = await createAuthority({ commonName: 'Interop CA', key: 'ec-p256', days: 60, now })
  leaf = await issued('client.example.com', 'clientAuth')
})
afterAll(() => files.remove())

const bundle = (readers: 'modern' | 'older', secret = passphrase) =>
  writePkcs12({
    pkcs8: leaf.pkcs8,
    certificateDer: leaf.der,
    chain: [authority.certificateDer],
    friendlyName: 'Nuapay – Zürich 東京',
    passphrase: secret,
    readers,
  })

describe.each(['modern', 'older'] as const)('a bundle for %s readers', (readers) => {
  it.each([
    ['ASCII', passphrase],
    ['beyond ASCII', 'päss wörd 東京'],
    ['beyond the basic plane', 'key 🔑'],
    ['one letter', 'x'],
    ['long', 'long '.repeat(100)],
  ])('is opened by OpenSSL with a passphrase that is %s', async (_, secret) => {
    const path = files.put('bundle.p12', await bundle(readers, secret))
    const pass = files.put('pass.txt', secret)
    // The default provider alone opens the older one too: triple DES is still in it, RC2 is not.
    const info = await run('openssl', ['pkcs12', '-info', '-in', path, '-passin', `file:${pass}`, '-nodes'])
    expect(info.code).toBe(0)
    const text = info.stdout.toString()
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(text).toContain('BEGIN PRIVATE KEY')
    expect(info.stderr).toContain(
      readers === 'modern'
        ? 'PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256'
        : 'pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048',
    )
    expect(info.stderr).toMatch(readers === 'modern' ? /MAC: sha256, Iteration 100000/ : /MAC: sha1, Iteration 2048/)
  })

  it('gives back the same key, certificate and chain', async () => {
    const path = files.put('bundle.p12', await bundle(readers))
    const from = ['pkcs12', '-in', path, '-passin', `pass:${passphrase}`]
    const key = await openssl([...from, '-nocerts', '-nodes'])
    const keyDer = await openssl(['pkey', '-outform', 'DER'], key.toString())
    expect(keyDer.equals(await openssl(['pkey', '-outform', 'DER'], toPem('PRIVATE KEY', leaf.pkcs8)))).toBe(true)
    const own = (await openssl([...from, '-clcerts', '-nokeys'])).toString()
    const above = (await openssl([...from, '-cacerts', '-nokeys'])).toString()
    expect(new X509Certificate(own).raw.equals(leaf.der)).toBe(true)
    expect(new X509Certificate(above).raw.equals(authority.certificateDer)).toBe(true)
  })

  it('stays shut for another passphrase', async () => {
    const path = files.put('bundle.p12', await bundle(readers))
    const { code, stderr } = await run('openssl', ['pkcs12', '-in', path, '-passin', 'pass:wrong', '-nodes'])
    expect(code).not.toBe(0)
    expect(stderr).toContain('Mac verify error')
  })

  it('is listed by Java’s keytool under its name, with its chain', async () => {
    const path = files.put('bundle.p12', await bundle(readers))
    const list = ['-list', '-v', '-keystore', path, '-storetype', 'PKCS12', '-storepass', passphrase]
    const { code, stdout } = await run('keytool', ['-J-Dfile.encoding=UTF-8', '-J-Dstdout.encoding=UTF-8', ...list])
    const text = stdout.toString()
    expect(code).toBe(0)
    expect(text).toContain('Alias name: nuapay – zürich 東京')
    expect(text).toContain('Entry type: PrivateKeyEntry')
    expect(text).toContain('Certificate chain length: 2')
  })

  it('gives its key to Java, which writes it to a store of its own that opens here', async () => {
    const path = files.put('bundle.p12', await bundle(readers))
    const copy = files.path(`java-${readers}.p12`)
    const from = ['-srckeystore', path, '-srcstoretype', 'PKCS12', '-srcstorepass', passphrase]
    const to = ['-destkeystore', copy, '-deststoretype', 'PKCS12', '-deststorepass', 'changeit']
    const { code } = await run('keytool', ['-importkeystore', '-noprompt', ...from, ...to])
    expect(code).toBe(0)
    const opened = await openPkcs12(readFileSync(copy), 'changeit')
    if (!opened.ok) throw new Error(opened.problem.code)
    expect(opened.value.facts).toMatchObject({ keys: 1, certificates: 2, friendlyName: 'nuapay – zürich 東京' })
    expect(Buffer.from(opened.value.certificates[0]!.der).equals(leaf.der)).toBe(true)
  })

  it('is opened by GnuTLS', async () => {
    const path = files.put('bundle.p12', await bundle(readers))
    const args = ['--p12-info', '--inder', '--infile', path, '--password', passphrase]
    const { code, stdout } = await run('certtool', args)
    expect(code).toBe(0)
    expect(stdout.toString().match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  })

  it('lets curl through a server that demands the certificate', async () => {
    const server = await issued('localhost', 'serverAuth', ['IP:127.0.0.1'])
    const listener = createServer(
      {
        key: toPem('PRIVATE KEY', server.pkcs8),
        cert: server.pem,
        ca: authority.pem,
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN),
    )
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    try {
      const path = files.put('bundle.p12', await bundle(readers))
      const url = `https://127.0.0.1:${(listener.address() as AddressInfo).port}/`
      const own = [
        '--cert-type',
        'P12',
        '--cert',
        `${path}:${passphrase}`,
        '--cacert',
        files.put('ca.crt', authority.pem),
      ]
      const { code, stdout } = await run('curl', ['-sS', '--noproxy', '*', ...own, url])
      expect({ code, answer: stdout.toString() }).toEqual({ code: 0, answer: 'client.example.com' })
    } finally {
      listener.closeAllConnections()
      listener.close()
    }
  })

  it('opens here again, and is opened by Node', async () => {
    const bytes = await bundle(readers)
    const opened = await openPkcs12(bytes, passphrase)
    if (!opened.ok) throw new Error(opened.problem.code)
    const { keys, certificates, facts } = opened.value
    expect(Buffer.from(keys[0]!.pkcs8).equals(leaf.pkcs8)).toBe(true)
    expect(certificates.map(({ der }) => Buffer.from(der).toString('hex'))).toEqual(
      [leaf.der, authority.certificateDer].map((der) => Buffer.from(der).toString('hex')),
    )
    expect(keys[0]!.localKeyId).toBe(certificates[0]!.localKeyId)
    expect(facts.friendlyName).toBe('Nuapay – Zürich 東京')
    expect(() => createSecureContext({ pfx: Buffer.from(bytes), passphrase })).not.toThrow()
    expect(() => createSecureContext({ pfx: Buffer.from(bytes), passphrase: 'wrong' })).toThrow()
  })
})

/** Every way OpenSSL writes a bundle, by the arguments of `openssl pkcs12 -export`. */
const made: [string, string[], string][] = [
  ['as it does by default', [], 'HMAC-SHA-256 (2048 iterations)'],
  ['as it did before 3.0', ['-legacy'], 'HMAC-SHA-1 (2048 iterations)'],
  ...['RC4-128', 'RC4-40', '3DES', '2DES', 'RC2-128', 'RC2-40'].map((scheme): [string, string[], string] => [
    `with ${scheme}`,
    ['-keypbe', `PBE-SHA1-${scheme}`, '-certpbe', `PBE-SHA1-${scheme}`],
    'HMAC-SHA-256 (2048 iterations)',
  ]),
  ...(['SHA1', 'SHA224', 'SHA384', 'SHA512', 'MD5'] as const).map((digest): [string, string[], string] => [
    `with a MAC by ${digest}`,
    ['-macalg', digest],
    `HMAC-${digest.replace('SHA', 'SHA-')} (2048 iterations)`,
  ]),
  ['without a MAC', ['-nomac'], ''],
  ['without encryption', ['-keypbe', 'NONE', '-certpbe', 'NONE'], 'HMAC-SHA-256 (2048 iterations)'],
  ['with one iteration', ['-noiter', '-nomaciter'], 'HMAC-SHA-256 (1 iteration)'],
  ['with 50,000 iterations', ['-iter', '50000'], 'HMAC-SHA-256 (50000 iterations)'],
]

describe('a bundle that OpenSSL made', () => {
  it.each(made)('%s opens here', async (_, args, mac) => {
    const key = files.put('leaf.key', toPem('PRIVATE KEY', leaf.pkcs8))
    const certificate = files.put('leaf.crt', leaf.pem)
    const chain = files.put('ca.crt', authority.pem)
    for (const secret of [passphrase, 'päss wörd 🔑', '']) {
      const out = files.path('theirs.p12')
      const what = ['-inkey', key, '-in', certificate, '-certfile', chain, '-name', 'théirs']
      const legacy = args.includes('-legacy') ? [] : withLegacy
      await openssl(['pkcs12', '-export', ...what, '-out', out, '-passout', `pass:${secret}`, ...args, ...legacy])
      const opened = await openPkcs12(readFileSync(out), secret)
      if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
      expect(opened.value.facts).toMatchObject({ keys: 1, certificates: 2, friendlyName: 'théirs' })
      expect(opened.value.facts.macAlgorithm ?? '').toBe(mac)
      expect(Buffer.from(opened.value.keys[0]!.pkcs8).equals(leaf.pkcs8)).toBe(true)
    }
  })
})
