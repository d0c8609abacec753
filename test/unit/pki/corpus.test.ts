import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../../electron/node-signatures.ts'
import { visible } from '../../../shared/pki/der-values.ts'
import type { Facts, InspectedObject } from '../../../shared/pki/facts.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { checkSignaturesBy } from '../../../shared/pki/verify.ts'
import type { CorpusRow } from '../../support/corpus.ts'
import { corpusRows } from '../../support/corpus.ts'
import { exceptions } from './corpus-exceptions.ts'

const today = new Date('2026-01-01T00:00:00Z')

const kindOf: Record<string, InspectedObject['kind']> = {
  certificates: 'certificate',
  bundles: 'certificate',
  requests: 'request',
  crls: 'crl',
  pkcs7: 'pkcs7',
  pkcs12: 'pkcs12',
}
const keyNames: Record<string, string> = {
  rsaEncryption: 'RSA',
  rsassaPss: 'RSA-PSS',
  'id-ecPublicKey': 'EC',
  dsaEncryption: 'DSA',
  dhKeyAgreement: 'DH',
  ED25519: 'Ed25519',
  ED448: 'Ed448',
  'DH Public-Key: (2048 bit)': 'DH',
}
/** OpenSSL 3.0 has no names for these; 3.5 has. */
const newNames: Record<string, string> = {
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
}
/** Passphrases that the index’s author gave OpenSSL, and did not write down. */
const forgotten: Record<string, string> = { 'keys/ossl__testrsa.pvk': 'password' }
const usageNames: Record<string, string> = {
  'Digital Signature': 'digitalSignature',
  'Non Repudiation': 'nonRepudiation',
  'Key Encipherment': 'keyEncipherment',
  'Data Encipherment': 'dataEncipherment',
  'Key Agreement': 'keyAgreement',
  'Certificate Sign': 'keyCertSign',
  'CRL Sign': 'cRLSign',
}

type Said = CorpusRow['facts']
const list = (text: string | undefined, names: Record<string, string> = {}) =>
  text?.split(', ').map((one) => names[one] ?? one)
const keyName = (name: string | undefined) => name && (keyNames[name] ?? newNames[name] ?? name)
/** OpenSSL adds a remark to signatures with PSS parameters that it cannot read. */
const signatureName = (name: string | undefined) => name && (newNames[name] ?? name.replace(/ +\(.*\)$/, ''))
/** The index writes years as they are, without leading zeros; what is no time is left out here, and told by a finding. */
const time = (text: string | undefined) =>
  text === 'Bad time value'
    ? null
    : text?.replace(/^(\d{1,3})-(\d\d-\d\d) /, (_, year, day) => `${year.padStart(4, '0')}-${day}T`)
/** OpenSSL counts from 0 in names of versions that it does not know. */
const version = (text: string | undefined) => {
  const unknown = /^Unknown \((\d+)\)/.exec(text ?? '')
  return unknown ? Number(unknown[1]) + 1 : text && Number.parseInt(text, 10)
}
/** OpenSSL dumps what it cannot decode: dots, and what letters there are. */
const isDump = (text: string) => /^(?:\.{2,}|0$)/.test(text)
/** Lists of usages; `null` when OpenSSL could not read them. */
const usages = (text: string | undefined, names: Record<string, string> = {}) =>
  text && isDump(text) ? null : list(text, names)
const none = (text: string | undefined) => (text === '<NONE>' || text === 'NONE' ? undefined : text)

/** What OpenSSL said, in the words of our facts. Absent where it said nothing. */
function expected(row: CorpusRow, said: Said): Record<string, unknown> {
  if (row.kind === 'keys') {
    return {
      keyAlgorithm: keyName(said.key_type),
      keyBits: said.key_bits,
      curve: said.curve,
      spkiSha256: said.spki_sha256,
      ...(!said.public_only && { encrypted: said.encrypted }),
    }
  }
  if (row.kind === 'crls') {
    return {
      issuer: said.issuer,
      thisUpdate: said.this_update,
      nextUpdate: none(said.next_update),
      crlNumber: none(said.crl_number),
      revokedCount: said.revoked_count,
      version: Number(said.version),
      signatureAlgorithm: signatureName(said.signature_algorithm),
    }
  }
  if (row.kind === 'pkcs12') return { certificates: said.certs, keys: said.keys }
  if (row.kind === 'pkcs7') return { certificates: said.certs, crls: said.crls }
  return {
    subject: said.subject,
    issuer: said.issuer,
    serialHex: said.serial,
    notBefore: time(said.not_before),
    notAfter: time(said.not_after),
    version: version(said.version),
    signatureAlgorithm: signatureName(said.signature_algorithm),
    keyAlgorithm: keyName(said.key_algorithm),
    keyBits: said.key_bits,
    curve: said.curve,
    sha256: said.sha256,
    // Letters that cannot be seen come out escaped, so that no screen cuts or turns there.
    subjectAltNames: said.sans?.map((name: string) => visible(name)),
    keyUsage: usages(said.key_usage, usageNames),
    extendedKeyUsage: usages(said.eku),
    ...(said.serial && { isCa: said.is_ca ?? false }),
    ...(said.self_signature && { signatureValid: said.self_signature === 'ok' }),
  }
}

/** Ours, put as the index puts it: it cuts long names, long lists and long lines, and spells purposes out. */
function asTold(name: string, facts: Facts, told: unknown): unknown {
  const ours = facts[name as keyof Facts]
  if (typeof told === 'string' && told.endsWith('…')) return `${String(ours).slice(0, told.length - 1)}…`
  if (typeof told === 'string' && /^[0-9A-F]+\\$/.test(told)) return `${String(ours).slice(0, told.length - 1)}\\`
  if (name === 'subjectAltNames') return (ours as string[]).slice(0, (told as string[]).length)
  if (name === 'extendedKeyUsage' && told !== null) {
    const lines = facts.extensions?.find((extension) => extension.oid === '2.5.29.37')?.value ?? []
    return lines.map((line) => /\((.*)\)$/.exec(line)?.[1] ?? line)
  }
  return ours
}

/** What could not be read must be told. */
const toldOf: Record<string, RegExp> = {
  notAfter: /^certificate\.dates-unreadable$/,
  keyUsage: /^certificate\.(malformed-extension|key-usage-empty)$/,
  extendedKeyUsage: /^certificate\.malformed-extension$/,
}

type Score = { files: number; right: number; wrong: number; excepted: number; crashed: number }
const scores: Record<string, Score> = {}
const used = new Set<string>()

function check(row: CorpusRow, name: string, ours: unknown, told: unknown): void {
  const score = scores[row.kind]!
  const reason = exceptions[row.file]?.[name]
  if (reason !== undefined) {
    score.excepted++
    used.add(`${row.file} ${name}`)
    expect(ours, `${row.file}: ${name} agrees now, drop the exception`).not.toEqual(told)
    return
  }
  score.wrong++
  expect(ours, `${row.file}: ${name}`).toEqual(told)
  score.wrong--
  score.right++
}

function checkFacts(row: CorpusRow, object: InspectedObject, said: Said): void {
  for (const [name, told] of Object.entries(expected(row, said))) {
    // Containers that are encrypted to somebody say nothing of their contents.
    if (told === undefined || (row.kind === 'pkcs7' && object.facts.encrypted)) continue
    if (told !== null) check(row, name, asTold(name, object.facts, told), told)
    else {
      const empty = ((object.facts[name as keyof Facts] ?? []) as unknown[]).length === 0
      const isTold = object.findings.some(({ code }) => toldOf[name]!.test(code))
      check(row, name, [empty, isTold], [true, true])
    }
  }
}

async function compare(row: CorpusRow): Promise<void> {
  scores[row.kind] ??= { files: 0, right: 0, wrong: 0, excepted: 0, crashed: 0 }
  const score = scores[row.kind]!
  score.files++
  const bytes = new Uint8Array(readFileSync(row.path))
  const passphrase = row.password ?? forgotten[row.file]
  score.crashed++
  const objects = await inspectBytes(row.file, bytes, passphrase === undefined ? [] : [passphrase], today)
  score.crashed--
  const kind = kindOf[row.kind]
  const object = objects.find((one) => one.kind === kind) ?? objects[0]!
  if (row.expect === 'error') {
    // Where the index says that another reader may take it, both are right; what is read must then be right too.
    if (row.tolerance && !object.problem) {
      check(row, 'if read', object.facts, expect.objectContaining(row.facts?.if_accepted ?? {}))
      if (row.kind === 'keys') check(row, 'kind', /^(private|public)-key$/.test(object.kind), true)
    } else check(row, 'read', object.problem !== null, true)
    return
  }
  if (row.kind === 'hostile') {
    check(row, 'problem', object.problem, null)
    if (object.problem || !row.facts.certificate) return
  } else expect(object.problem, row.file).toBeNull()
  if (kind) expect(object.kind).toBe(kind)
  const said: Said = row.facts.first_certificate ?? row.facts.certificate ?? row.facts
  checkFacts(row, object, said)
  const subjects = objects.filter((one) => one.inside !== undefined && one.kind === 'certificate')
  for (const [i, told] of ((said.cert_subjects as string[] | undefined) ?? []).entries()) {
    // The index ends some subjects at a backslash.
    expect(subjects[i]!.facts.subject!.startsWith(told)).toBe(true)
  }
  if (said.san_count) expect(object.facts.subjectAltNames).toHaveLength(said.san_count)
  if (row.facts.certificates_openssl_reads) {
    expect(objects.filter((one) => one.kind === 'certificate')).toHaveLength(row.facts.certificates_openssl_reads)
  }
}

beforeAll(() => checkSignaturesBy(nodeVerifies))

function table(): string {
  const all: Score = { files: 0, right: 0, wrong: 0, excepted: 0, crashed: 0 }
  for (const score of Object.values(scores)) {
    for (const name of Object.keys(all) as (keyof Score)[]) all[name] += score[name]
  }
  const rows = [...Object.entries(scores), ['all', all] as const].map(([kind, score]) => [
    kind,
    ...Object.values(score),
  ])
  return [['corpus', ...Object.keys(all)], ...rows]
    .map((row) => row.map((cell) => `${cell}`.padStart(12)).join(''))
    .join('\n')
}

afterAll(() => console.log(table()))

describe.each(['certificates', 'bundles', 'requests', 'crls', 'keys', 'pkcs7', 'pkcs12', 'hostile'])(
  'corpus: %s',
  (kind) => {
    it.each(corpusRows(kind).map((row) => [row.file, row] as const))('%s reads as OpenSSL reads it', async (_, row) => {
      await compare(row)
    })
  },
)

describe('the exceptions', () => {
  it('are all needed', () => {
    const listed = Object.entries(exceptions).flatMap(([file, facts]) =>
      Object.keys(facts).map((fact) => `${file} ${fact}`),
    )
    expect(listed.filter((one) => !used.has(one))).toEqual([])
  })

  it('are few beside what agrees', () => {
    const sum = (name: keyof Score) => Object.values(scores).reduce((total, score) => total + score[name], 0)
    expect(sum('files')).toBeGreaterThan(570)
    expect(sum('right')).toBeGreaterThan(4000)
    expect(sum('excepted')).toBeLessThan(15)
    expect([sum('wrong'), sum('crashed')]).toEqual([0, 0])
  })
})
