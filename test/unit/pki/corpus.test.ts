import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Facts, InspectedObject } from '../../../shared/pki/facts.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
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
const keyName = (name: string | undefined) => name && (keyNames[name] ?? name)
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
      signatureAlgorithm: said.signature_algorithm,
    }
  }
  if (row.kind === 'pkcs12') return { certificates: said.certs, keys: said.keys }
  if (row.kind === 'pkcs7') return { certificates: said.certs, crls: said.crls }
  return {
    subject: said.subject,
    issuer: said.issuer,
    serialHex: said.serial,
    notBefore: said.not_before,
    notAfter: said.not_after,
    version: said.version && Number.parseInt(said.version, 10),
    signatureAlgorithm: said.signature_algorithm,
    keyAlgorithm: keyName(said.key_algorithm),
    keyBits: said.key_bits,
    curve: said.curve,
    sha256: said.sha256,
    subjectAltNames: said.sans,
    keyUsage: list(said.key_usage, usageNames),
    extendedKeyUsage: list(said.eku),
    ...(said.serial && { isCa: said.is_ca ?? false }),
    ...(said.self_signature && { signatureValid: said.self_signature === 'ok' }),
  }
}

/** Ours, put as the index puts it: it cuts long names and long lists, and spells purposes out. */
function asTold(name: string, facts: Facts, told: unknown): unknown {
  const ours = facts[name as keyof Facts]
  if (typeof told === 'string' && told.endsWith('…')) return `${String(ours).slice(0, told.length - 1)}…`
  if (name === 'subjectAltNames') return (ours as string[]).slice(0, (told as string[]).length)
  if (name === 'extendedKeyUsage') {
    const lines = facts.extensions?.find((extension) => extension.oid === '2.5.29.37')?.value ?? []
    return lines.map((line) => /\((.*)\)$/.exec(line)?.[1] ?? line)
  }
  return ours
}

const agreement = { files: 0, facts: 0, excepted: 0 }
const used = new Set<string>()

function check(row: CorpusRow, name: string, ours: unknown, told: unknown): void {
  const reason = exceptions[row.file]?.[name]
  agreement.facts++
  if (reason === undefined) expect(ours, `${row.file}: ${name}`).toEqual(told)
  else {
    agreement.excepted++
    used.add(`${row.file} ${name}`)
    expect(ours, `${row.file}: ${name} agrees now, drop the exception`).not.toEqual(told)
  }
}

async function compare(row: CorpusRow): Promise<void> {
  agreement.files++
  const bytes = new Uint8Array(readFileSync(row.path))
  const objects = await inspectBytes(row.file, bytes, row.password === undefined ? [] : [row.password], today)
  const kind = kindOf[row.kind]
  const object = objects.find((one) => one.kind === kind) ?? objects[0]!
  if (row.expect === 'error') {
    check(row, 'read', object.problem !== null, true)
    if (row.facts?.if_accepted && !object.problem) expect(object.facts).toMatchObject(row.facts.if_accepted)
    return
  }
  if (row.kind === 'hostile') {
    check(row, 'problem', object.problem, null)
    if (object.problem || !row.facts.certificate) return
  } else expect(object.problem, row.file).toBeNull()
  if (kind) expect(object.kind).toBe(kind)
  const said: Said = row.facts.first_certificate ?? row.facts.certificate ?? row.facts
  for (const [name, told] of Object.entries(expected(row, said))) {
    // Containers that are encrypted to somebody say nothing of their contents.
    if (told === undefined || (row.kind === 'pkcs7' && object.facts.encrypted)) continue
    check(row, name, asTold(name, object.facts, told), told)
  }
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
    expect(agreement.files).toBeGreaterThan(570)
    expect(agreement.facts).toBeGreaterThan(4000)
    expect(agreement.excepted).toBeLessThan(50)
  })
})
