import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { InspectedObject } from '../../../shared/pki/facts.ts'
import { inspectAll } from '../../../shared/pki/inspect.ts'
import { pairFindings } from '../../../shared/pki/pair-findings.ts'
import { repairOfFile } from '../../../shared/pki/repair.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))

const look = async (files: readonly string[], passphrases: readonly string[] = []) => {
  const named = files.map((file) => ({ file, bytes: bytesOf(file) }))
  return (await inspectAll(named, passphrases, new Date('2027-01-01T00:00:00Z'))).objects
}

/** Everything that is said of an object: what it is, what is odd about it, and what to do next. */
const saidOf = ({ problem, findings }: InspectedObject) => [
  ...(problem ? [{ code: problem.code, message: problem.title, next: problem.next }] : []),
  ...findings.map(({ code, message, next }) => ({ code, message, next: next ?? '' })),
]

type Mistake = [situation: string, files: string[], code: string, says: RegExp, next: RegExp, repaired: 'repaired' | '']

/** Mistakes with the files of an identity, which runtimes answer with the same few words (“no start line”). */
const mistakes: Mistake[] = [
  [
    'the request in place of the certificate',
    ['request-named-certificate.crt'],
    'file.is-request',
    /signing request \(CSR\): what you send\. The certificate is what the provider returns/,
    /choose the file that came back/,
    '',
  ],
  [
    'the private key in place of the certificate',
    ['key-named-certificate.crt'],
    'file.name-misleads',
    /“\.crt”, as of a certificate, but this is a private key/,
    /Choose the certificate/,
    '',
  ],
  [
    'the certificate in place of the key',
    ['certificate-named-key.key'],
    'file.name-misleads',
    /“\.key”, as of a private key, but this is a certificate/,
    /Choose the private key/,
    '',
  ],
  [
    'the public key in place of the private one',
    ['public-key-named-key.key'],
    'file.is-public-key',
    /public half of a key: it cannot prove who you are/,
    /made together with the request/,
    '',
  ],
  [
    'the request in place of the key',
    ['request-named-key.key'],
    'file.name-misleads',
    /“\.key”, as of a private key, but this is a signing request/,
    /Choose the private key/,
    '',
  ],
  [
    'a certificate in DER',
    ['client.der'],
    'file.is-der',
    /binary form \(DER\)/,
    /as repaired, which is PEM/,
    'repaired',
  ],
  ['a PKCS#7', ['collection.p7b'], 'file.is-collection', /collection of certificates/, /as repaired/, 'repaired'],
  [
    'a bundle in place of PEM',
    ['bundle-named-certificate.crt'],
    'file.name-misleads',
    /“\.crt”, as of a certificate, but this is a bundle \(PKCS#12\)/,
    /Choose the certificate/,
    '',
  ],
  ['an empty file', ['empty.crt'], 'file.empty', /is empty/, /Download or copy/, ''],
  ['altered base64', ['bad-base64.crt'], 'file.damaged', /certificate .* is damaged/, /Get the file again/, ''],
  ['a file cut off', ['cut-off.crt'], 'file.damaged', /certificate .* is damaged/, /Get the file again/, ''],
  ['a missing END line', ['no-end-line.crt'], 'file.end-line-missing', /END line is missing/, /Export/, 'repaired'],
  [
    'missing header lines',
    ['no-header-lines.txt'],
    'file.header-lines-missing',
    /BEGIN and END lines/,
    /Export/,
    'repaired',
  ],
  ['four dashes', ['four-dashes.crt'], 'file.dashes-wrong', /other dashes than five hyphens/, /Export/, 'repaired'],
  ['em dashes', ['em-dashes.crt'], 'file.dashes-wrong', /other dashes than five hyphens/, /Export/, 'repaired'],
  [
    'another label',
    ['label-request.crt'],
    'file.label-wrong',
    /another kind of object/,
    /Correct the BEGIN/,
    'repaired',
  ],
  ['lost line breaks', ['one-line.crt'], 'file.newlines-lost', /line breaks were lost/, /Export/, 'repaired'],
  ['a literal \\n', ['escaped-newlines.env'], 'file.escaped-newlines', /spelt “\\n”/, /Replace each/, 'repaired'],
  [
    'a byte order mark',
    ['byte-order-mark.crt'],
    'file.byte-order-mark',
    /byte order mark/,
    /Save it again/,
    'repaired',
  ],
  ['UTF-16', ['utf-16le.crt'], 'file.utf-16', /UTF-16 text, as Windows PowerShell/, /Save it again/, 'repaired'],
  [
    'the CA first',
    ['chain-ca-first.pem'],
    'file.order',
    /yours first, then each issuer/,
    /first and the root last/,
    'repaired',
  ],
  [
    'a key of another request',
    ['client.crt', 'key-ec-other.pem'],
    'pair.key-mismatch',
    /does not belong to the certificate/,
    /Look for the key that was made with the request/,
    '',
  ],
  [
    'a key of another type',
    ['client.crt', 'key-pkcs1.pem'],
    'pair.key-type',
    /Node\.js takes such a pair without a word, and then sends no certificate/,
    /Look for the key/,
    '',
  ],
  ['an encrypted key', ['key-encrypted.pem'], 'key.encrypted', /protected by a passphrase \(PBES2/, /^/, ''],
  ['an old encrypted key', ['key-pkcs1-encrypted.pem'], 'key.encrypted', /protected by a passphrase/, /^/, ''],
  ['a key of OpenSSH', ['key-openssh.pem'], 'key.other-format', /TLS programs do not read it/, /PKCS#8/, 'repaired'],
  ['an RSA key of 1024 bits', ['certificate-rsa-1024.crt'], 'key.too-small', /too small/, /RSA 2048/, ''],
  ['a signature with SHA-1', ['certificate-sha1.crt'], 'certificate.weak-signature', /SHA-?1/i, /SHA-256|new/i, ''],
  ['a locked bundle', ['bundle.p12'], 'bundle.locked', /its passphrase shows what is inside/, /^/, ''],
  ['a bundle with RC2', ['bundle-rc2.p12'], 'bundle.protection-old', /Electron and Java open it; Node/, /Convert/, ''],
  ['a bundle without MAC', ['bundle-no-mac.p12'], 'bundle.no-mac', /say that the passphrase is wrong/, /Convert/, ''],
  [
    'a bundle cut off',
    ['bundle-cut-off.p12'],
    'file.damaged',
    /bundle \(PKCS#12\) .* is damaged/,
    /Get the file again/,
    '',
  ],
  [
    'PEM in place of a bundle',
    ['pem-named-bundle.p12'],
    'file.name-misleads',
    /“\.p12”, as of a bundle \(PKCS#12\), but this is a certificate as text \(PEM\)/,
    /Choose the bundle/,
    '',
  ],
]

describe('a mistake with files is named as what it is', () => {
  it.each(mistakes)('%s', async (_, files, code, says, next, repaired) => {
    const said = (await look(files)).flatMap(saidOf).find((one) => one.code === code)
    expect(said?.code).toBe(code)
    expect(said?.message).toMatch(says)
    expect(said?.next).toMatch(next)
    expect(repairOfFile(files[0]!, bytesOf(files[0]!)) !== null).toBe(repaired === 'repaired')
  })

  it('swapped files', async () => {
    const [certificate, key] = [await look(['key-pkcs8.pem']), await look(['client.crt'])]
    const found = pairFindings({ name: 'cert.pem', objects: certificate }, { name: 'key.pem', objects: key })
    expect(found).toMatchObject([{ code: 'pair.swapped', next: 'Give each in place of the other.' }])
  })

  it.each([
    ['key-encrypted.pem', 'key.passphrase-wrong'],
    ['key-pkcs1-encrypted.pem', 'key.passphrase-wrong'],
    ['bundle.p12', 'key.passphrase-wrong'],
    ['bundle-no-mac.p12', 'key.passphrase-wrong'],
    ['bundle-cut-off.p12', 'file.damaged'],
    ['pem-named-bundle.p12', undefined],
  ])('a passphrase is blamed only where it is to blame: %s', async (file, code) => {
    expect((await look([file], ['wrong']))[0]!.problem?.code).toBe(code)
  })

  it('a bundle opens with an empty passphrase, whichever way that is meant', async () => {
    const [bundle] = await look(['bundle-empty-passphrase.p12'])
    expect(bundle!.findings.map(({ code }) => code)).toContain('bundle.passphrase-empty')
  })

  it('a bundle without a private key', async () => {
    const [bundle] = await look(['truststore.p12'], ['kinds'])
    const finding = bundle!.findings.find(({ code }) => code === 'bundle.no-key')
    expect(finding?.message).toContain('Java shows such a bundle as empty')
  })
})
