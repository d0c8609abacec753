import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCertificate } from '../../shared/pki/certificate.ts'
import type { NamePart } from '../../shared/pki/facts.ts'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import type { Authority } from '../../shared/pki/x509.ts'
import { buildRequest, createAuthority, issueFromRequest, selfSign } from '../../shared/pki/x509.ts'
import { openssl, run, scratch } from '../support/tools.ts'

const files = scratch()
const now = new Date()
afterAll(() => files.remove())

const subject: NamePart[] = [
  { type: 'C', value: 'DE' },
  { type: 'ST', value: 'Baden-Württemberg' },
  { type: 'L', value: 'Köln, "am Rhein" + <Ufer>' },
  { type: 'O', value: '株式会社' },
  { type: 'OU', value: ' #Zahlungen; ' },
  { type: 'serialNumber', value: '0012' },
  { type: 'CN', value: 'api.example.com' },
  { type: 'emailAddress', value: 'ops@example.com' },
]
const subjectAltNames = [
  'DNS:api.example.com',
  'IP:192.0.2.7',
  'IP:2001:db8::7',
  'email:ops@example.com',
  'URI:https://example.com/a?b=c',
]
const opensslNames = [
  'DNS:api.example.com',
  'IP Address:192.0.2.7',
  'IP Address:2001:DB8:0:0:0:0:0:7',
  'email:ops@example.com',
  'URI:https://example.com/a?b=c',
].join(', ')

const signatures: Record<KeyAlgorithm, string> = {
  'rsa-2048': 'sha256WithRSAEncryption',
  'rsa-3072': 'sha256WithRSAEncryption',
  'rsa-4096': 'sha256WithRSAEncryption',
  'ec-p256': 'ecdsa-with-SHA256',
  'ec-p384': 'ecdsa-with-SHA384',
  'ec-p521': 'ecdsa-with-SHA512',
  ed25519: 'ED25519',
}

describe.each(KeyAlgorithm.options)('%s', (key) => {
  let pkcs8: Uint8Array
  let authority: Authority & { pem: string }
  beforeAll(async () => {
    pkcs8 = (await generateKey(key)).pkcs8
    authority = await createAuthority({ commonName: 'Interop CA', key, days: 60, now })
  })

  it('a request verifies, and says what was asked', async () => {
    const request = await buildRequest({ pkcs8, key, subject, subjectAltNames })
    const path = files.put(`${key}.csr`, request.pem)
    const { code, stdout, stderr } = await run('openssl', [
      'req',
      '-in',
      path,
      '-verify',
      '-noout',
      '-text',
      '-nameopt',
      'RFC2253',
    ])
    expect({ code, stderr: stderr.trim() }).toEqual({ code: 0, stderr: 'Certificate request self-signature verify OK' })
    const text = stdout.toString()
    expect(text).toContain(`Signature Algorithm: ${signatures[key]}`)
    expect(text).toContain(opensslNames)
    expect(text).toContain('Subject: emailAddress=ops@example.com,CN=api.example.com,serialNumber=0012')
  })

  it('a request without alternative names verifies, with no attribute', async () => {
    const { pem } = await buildRequest({ pkcs8, key, subject: [{ type: 'CN', value: 'x' }], subjectAltNames: [] })
    const { stdout, stderr } = await run('openssl', ['req', '-verify', '-noout', '-text'], pem)
    expect(stderr).toContain('verify OK')
    expect(stdout.toString()).toMatch(/Attributes:\s+\(none\)/)
  })

  it('twenty signatures in a row verify, whatever their first octet', async () => {
    for (let i = 0; i < 20; i++) {
      const { pem } = await buildRequest({ pkcs8, key, subject: [{ type: 'CN', value: `x${i}` }], subjectAltNames: [] })
      expect((await run('openssl', ['req', '-verify', '-noout'], pem)).stderr).toContain('verify OK')
    }
  })

  it('an issued certificate passes the strict chain check for its purpose and no other', async () => {
    const request = await buildRequest({ pkcs8, key, subject, subjectAltNames })
    const made = await issueFromRequest({ authority, requestDer: request.der, days: 30, now, purposes: ['clientAuth'] })
    if (!made.ok) throw new Error(made.problem.code)
    const ca = files.put(`${key}.ca.crt`, authority.pem)
    const path = files.put(`${key}.crt`, made.value.pem)
    const verify = ['verify', '-x509_strict', '-check_ss_sig', '-CAfile', ca]
    expect((await openssl([...verify, '-purpose', 'sslclient', path])).toString()).toContain('OK')
    expect((await run('openssl', [...verify, '-purpose', 'sslserver', path])).code).not.toBe(0)
    const { stdout } = await run('openssl', ['x509', '-in', path, '-noout', '-text'])
    expect(stdout.toString()).toContain(opensslNames)
    expect(stdout.toString()).toMatch(/Basic Constraints: critical\s+CA:FALSE/)
    expect(stdout.toString()).toMatch(/Extended Key Usage: \s+TLS Web Client Authentication/)
  })

  it('a self-signed certificate is a client’s own trust anchor', async () => {
    const { der, pem } = await selfSign({ pkcs8, key, subject, subjectAltNames, days: 90, now })
    const path = files.put(`${key}.self.crt`, pem)
    expect(
      (await openssl(['verify', '-check_ss_sig', '-purpose', 'sslclient', '-CAfile', path, path])).toString(),
    ).toContain('OK')
    const { facts } = readCertificate(der)!
    expect(facts).toMatchObject({
      version: 3,
      selfSigned: true,
      isCa: false,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['clientAuth'],
    })
    const lint = await run('certtool', ['--certificate-info', '--infile', path])
    expect({ code: lint.code, key: lint.stdout.toString().includes('TLS WWW Client') }).toEqual({ code: 0, key: true })
  })
})

it('a request made by openssl or keytool is issued a certificate that verifies', async () => {
  const authority = await createAuthority({ commonName: 'Interop CA', key: 'rsa-2048', days: 60, now })
  const ca = files.put('mixed.ca.crt', authority.pem)
  const key = files.path('their.key')
  const names = ['-addext', 'subjectAltName=DNS:a.example.com,IP:2001:db8::1']
  const requests = [
    await openssl([
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-subj',
      '/C=FR/O=Société/CN=a',
      '-utf8',
      ...names,
      '-outform',
      'DER',
    ]),
    await openssl([
      'req',
      '-newkey',
      'rsa:3072',
      '-sigopt',
      'rsa_padding_mode:pss',
      '-nodes',
      '-keyout',
      key,
      '-subj',
      '/CN=pss',
      '-outform',
      'DER',
    ]),
    await openssl([
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-521',
      '-sha512',
      '-nodes',
      '-keyout',
      key,
      '-subj',
      '/CN=b',
      '-outform',
      'DER',
    ]),
    await openssl([
      'req',
      '-newkey',
      'ed25519',
      '-nodes',
      '-keyout',
      key,
      '-subj',
      '/OU=x+CN=multi',
      '-multivalue-rdn',
      '-outform',
      'DER',
    ]),
  ]
  const store = files.path('their.jks')
  const open = ['-keystore', store, '-storepass', 'changeit', '-alias', 'a']
  await run('keytool', [
    '-genkeypair',
    ...open,
    '-keyalg',
    'EC',
    '-groupname',
    'secp384r1',
    '-dname',
    'CN=java, O="x, y"',
  ])
  const out = files.path('their.csr')
  await run('keytool', ['-certreq', ...open, '-file', out])
  requests.push(await openssl(['req', '-in', out, '-outform', 'DER']))
  for (const requestDer of requests) {
    const made = await issueFromRequest({ authority, requestDer, days: 1, now, purposes: ['clientAuth'] })
    if (!made.ok) throw new Error(made.problem.code)
    const path = files.put('theirs.crt', made.value.pem)
    expect((await openssl(['verify', '-x509_strict', '-CAfile', ca, path])).toString()).toContain('OK')
    const asked = await openssl([
      'req',
      '-noout',
      '-subject',
      '-inform',
      'DER',
      '-in',
      files.put('theirs.csr', requestDer),
    ])
    expect((await openssl(['x509', '-noout', '-subject', '-in', path])).toString()).toBe(asked.toString())
  }
})
