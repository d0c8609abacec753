import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { der } from '../../shared/pki/der.ts'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import { inspectBytes } from '../../shared/pki/inspect.ts'
import { toPem } from '../../shared/pki/pem.ts'

const folder = mkdtempSync(join(tmpdir(), 'pki-read-'))
const bundle = join(import.meta.dirname, '..', 'fixtures', 'corpus', 'bundles', 'certifi__cacert.pem')

const openssl = (args: string[], input?: string): string =>
  execFileSync('openssl', args, { input, cwd: folder, encoding: 'latin1', stdio: ['pipe', 'pipe', 'pipe'] })

const inspected = async (bytes: Uint8Array | string, passphrase?: string): Promise<InspectedObject[]> =>
  inspectBytes(
    'file',
    typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
    passphrase === undefined ? [] : [passphrase],
    new Date('2027-01-01T00:00:00Z'),
  )

const isoOf = (text: string | undefined) => `${new Date(text!).toISOString().slice(0, 19)}Z`

/** What `openssl x509` prints, in the words of our facts. */
function told(pem: string) {
  const options = ['-noout', '-subject', '-issuer', '-serial', '-startdate', '-enddate', '-fingerprint', '-sha256']
  const lines = openssl(['x509', '-nameopt', 'RFC2253', ...options], pem)
    .trim()
    .split('\n')
  const value = (name: RegExp) => lines.find((line) => name.test(line))?.replace(name, '')
  return {
    subject: value(/^subject=/),
    issuer: value(/^issuer=/),
    serialHex: value(/^serial=/),
    notBefore: isoOf(value(/^notBefore=/)),
    notAfter: isoOf(value(/^notAfter=/)),
    sha256: value(/^sha256 Fingerprint=/i)
      ?.replaceAll(':', '')
      .toLowerCase(),
  }
}

describe('reading what OpenSSL reads', () => {
  it('agrees on every certificate of a public root bundle', async () => {
    const objects = await inspected(readFileSync(bundle))
    const pems = readFileSync(bundle, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)!
    expect(objects).toHaveLength(pems.length)
    for (const [i, pem] of pems.entries()) expect(objects[i]!.facts).toMatchObject(told(pem))
  }, 60_000)

  it.each([
    ['RSA', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 2048, undefined],
    ['RSA-PSS', ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], 2048, undefined],
    ['Ed25519', ['-algorithm', 'ED25519'], undefined, undefined],
    ['X25519', ['-algorithm', 'X25519'], undefined, undefined],
    ...['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1', 'brainpoolP256r1', 'prime192v1', 'secp224r1', 'SM2'].map(
      (curve) =>
        [
          'EC',
          ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`],
          Number(/\d{3}/.exec(curve)?.[0] ?? 256),
          curve,
        ] as [string, string[], number | undefined, string | undefined],
    ),
    [
      'EC',
      ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit'],
      256,
      'explicit parameters',
    ],
  ] as [string, string[], number | undefined, string | undefined][])(
    'knows a key of type %s made with %j, private and public',
    async (keyAlgorithm, args, keyBits, curve) => {
      const pem = openssl(['genpkey', ...args])
      const spki = Buffer.from(openssl(['pkey', '-pubout', '-outform', 'DER'], pem), 'latin1')
      const [key] = await inspected(pem)
      const [publicKey] = await inspected(new Uint8Array(spki))
      const facts = { keyAlgorithm, ...(keyBits && { keyBits }), ...(curve && { curve }) }
      expect(key).toMatchObject({ kind: 'private-key', problem: null, facts: { ...facts, encrypted: false } })
      expect(publicKey).toMatchObject({ kind: 'public-key', problem: null, facts })
      // Public halves on curves that WebCrypto lacks are not computed; where they are, they are the same.
      if (key!.facts.spkiSha256) expect(key!.facts.spkiSha256).toBe(publicKey!.facts.spkiSha256)
      expect(openssl(['pkey', '-pubin', '-noout'], publicKey!.pem)).toBe('')
    },
  )

  it('verifies what OpenSSL signed, and sees that a request was altered', async () => {
    for (const algorithm of ['rsa:2048', 'ec', 'ed25519']) {
      const options = algorithm === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:P-384'] : []
      const args = [
        'req',
        '-new',
        '-newkey',
        algorithm,
        ...options,
        '-nodes',
        '-keyout',
        'k.pem',
        '-subj',
        '/CN=a.example',
      ]
      const pem = openssl([...args, '-addext', 'subjectAltName=DNS:a.example,IP:2001:db8::1,email:a@b.example'])
      const [request] = await inspected(pem)
      expect(request!.facts.signatureValid).toBe(true)
      expect(request!.facts.subjectAltNames).toEqual(['DNS:a.example', 'IP:2001:db8::1', 'email:a@b.example'])
      const altered = Buffer.from(openssl(['req', '-outform', 'DER'], pem), 'latin1')
      altered[altered.indexOf('a.example')]! ^= 1
      const [wrong] = await inspected(new Uint8Array(altered))
      expect(wrong!.facts.signatureValid).toBe(false)
      expect(wrong!.findings.map(({ code }) => code)).toContain('request.signature-invalid')
    }
  })

  it('reads CRLs and PKCS#7 that OpenSSL writes', async () => {
    openssl([
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-subj',
      '/CN=ca',
    ])
    writeFileSync(join(folder, 'index.txt'), '')
    writeFileSync(join(folder, 'number'), '2A\n')
    writeFileSync(
      join(folder, 'ca.cnf'),
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\n',
    )
    openssl(['ca', '-config', 'ca.cnf', '-revoke', 'ca.crt', '-keyfile', 'ca.key', '-cert', 'ca.crt'])
    openssl([
      'ca',
      '-config',
      'ca.cnf',
      '-gencrl',
      '-crldays',
      '30',
      '-keyfile',
      'ca.key',
      '-cert',
      'ca.crt',
      '-out',
      'ca.crl',
    ])
    const [crl] = await inspected(readFileSync(join(folder, 'ca.crl')))
    expect(crl).toMatchObject({ kind: 'crl', facts: { issuer: 'CN=ca', crlNumber: '0x2A', revokedCount: 1 } })
    const p7 = openssl(['crl2pkcs7', '-in', 'ca.crl', '-certfile', 'ca.crt', '-outform', 'DER'])
    const kinds = (await inspected(new Uint8Array(Buffer.from(p7, 'latin1')))).map(({ kind }) => kind)
    expect(kinds).toEqual(['pkcs7', 'certificate', 'crl'])
  })
})

const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }))
const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'))

function certificateNamed(name: Uint8Array, serial: Uint8Array): string {
  const dates = der.sequence(der.time(new Date('2020-01-01')), der.time(new Date('2060-01-01')))
  const tbs = der.sequence(der.context(0, der.integer(2)), serial, algorithm, name, dates, name, spki)
  const signature = new Uint8Array(sign('sha256', tbs, pair.privateKey))
  return toPem('CERTIFICATE', der.sequence(tbs, algorithm, der.bitString(signature)))
}

const letters = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '0',
    ' ',
    '#',
    ',',
    '+',
    '"',
    '\\',
    '<',
    '>',
    ';',
    '=',
    '/',
    '\n',
    '\t',
    '\x7f',
    '.',
    "'",
    '*',
  ),
  minLength: 1,
  maxLength: 12,
})
const wide = fc.string({
  unit: fc.constantFrom('a', ' ', ',', 'é', 'ß', 'Ж', '中', '€', '\u202e', '\u200b'),
  minLength: 1,
  maxLength: 8,
})
const attributeTypes = [
  '2.5.4.3',
  '2.5.4.10',
  '2.5.4.6',
  '2.5.4.5',
  '2.5.4.9',
  '2.5.4.97',
  '1.2.840.113549.1.9.1',
  '0.9.2342.19200300.100.1.25',
  '1.3.6.1.4.1.311.60.2.1.3',
  '2.5.4.42',
  '1.2.3.4.5',
  '2.999.7',
  '1.3.6.1.4.1.99999.1',
]

const value = fc.oneof(
  fc.oneof(letters, wide).map(der.utf8String),
  letters.map(der.printableString),
  letters.map(der.ia5String),
  wide.map(der.bmpString),
  letters.map((text) => der.value(0x14, new TextEncoder().encode(text))),
  wide.map((text) =>
    der.value(0x1c, Uint8Array.from([...text].flatMap((c) => [0, 0, c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]))),
  ),
)
const attribute = fc
  .tuple(fc.constantFrom(...attributeTypes), value)
  .map(([type, text]) => der.sequence(der.oid(type), text))
const name = fc
  .array(
    fc.array(attribute, { minLength: 1, maxLength: 3 }).map((parts) => der.set(...parts)),
    { maxLength: 5 },
  )
  .map((sets) => der.sequence(...sets))

describe('names and numbers of any making', () => {
  it('are spelt byte for byte as OpenSSL spells them', async () => {
    const serial = fc.oneof(
      fc.bigInt({ min: -(1n << 70n), max: 1n << 150n }),
      fc.constantFrom(0n, -1n, 127n, 128n, -128n, -129n, 256n),
    )
    await fc.assert(
      fc.asyncProperty(name, serial, async (subject, number) => {
        const pem = certificateNamed(subject, der.integer(number))
        const [object] = await inspected(pem)
        expect(object!.problem).toBeNull()
        expect(object!.facts).toMatchObject(told(pem))
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
