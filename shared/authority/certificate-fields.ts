import type { Certificate } from '../pki/certificate.ts'
import { readCertificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import { childrenOf, der, derOf, hex, octets, orNull, Tag, whole } from '../pki/der.ts'
import { oidOf } from '../pki/der-values.ts'
import type { Facts } from '../pki/facts.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import { signatureIdentifier } from '../pki/sign-der.ts'
import type { CertificateContent } from './certificate-content.ts'
import { encodeTbs } from './certificate-content.ts'

/**
 * One thing that a certificate says. `field` names it among the others: `subject.0`, `subject.1` (parts of the name in
 * their order), `extension.<oid>`, `validity`, `serial`, `issuer`, `key`, `signature`, `version`.
 */
export type CertificateField = { field: string; label: string; critical?: boolean; value: string[] }

/** Extensions of which the readable lines say everything; of all others the octets are shown beside. */
const toldWhole = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.31',
  '2.5.29.35',
  '2.5.29.37',
  '1.3.6.1.5.5.7.1.1',
])

/**
 * Everything that a certificate says, read off its octets: what is shown before signing comes from here, and what was
 * signed is compared by it. `null` when it cannot be read to its last part.
 */
export function fieldsOf(certificateDer: Bytes): CertificateField[] | null {
  const certificate = readCertificate(certificateDer)
  if (!certificate || certificate.badDates) return null
  const extensions = orNull(() => extensionFields(certificate))
  if (!extensions) return null
  const { facts } = certificate
  const parts = (facts.subjectParts ?? []).map(({ type, value }, at) => ({
    field: `subject.${at}`,
    label: type,
    value: [value],
  }))
  return [
    ...parts,
    { field: 'issuer', label: 'Issuer', value: [facts.issuer ?? ''] },
    { field: 'serial', label: 'Serial number', value: [facts.serialHex ?? ''] },
    { field: 'validity', label: 'Validity', value: [`from ${facts.notBefore}`, `until ${facts.notAfter}`] },
    { field: 'key', label: 'Public key', value: [keyWords(facts), `SHA-256 ${facts.spkiSha256 ?? ''}`] },
    { field: 'signature', label: 'Signed with', value: [facts.signatureAlgorithm ?? ''] },
    { field: 'version', label: 'Version', value: [`X.509 v${facts.version}`] },
    ...extensions,
  ]
}

/** `RSA 2048`, `EC prime256v1`. */
export const keyWords = ({ keyAlgorithm = 'unknown', keyBits, curve }: Facts): string =>
  [keyAlgorithm, curve ?? keyBits].filter((part) => part !== undefined).join(' ')

/** The extensions with their octets, in their order. Throws `DerFault`. */
function extensionFields(certificate: Certificate): CertificateField[] {
  const values = new Map(rawExtensions(certificate.tbs).map(({ oid, value }) => [oid, value]))
  return (certificate.facts.extensions ?? []).map(({ oid, name, critical, value }) => ({
    field: `extension.${oid}`,
    label: name,
    critical,
    value: toldWhole.has(oid) ? value : [...value, `octets ${hex(values.get(oid)!)}`],
  }))
}

function rawExtensions(tbs: Bytes): { oid: string; value: Bytes }[] {
  const list = childrenOf(derOf(tbs), Tag.sequence).find(({ id }) => id === 0xa3)
  if (!list) return []
  const [sequence] = childrenOf(list, 0xa3)
  return childrenOf(sequence, Tag.sequence).map((entry) => {
    const parts = childrenOf(entry, Tag.sequence)
    return { oid: oidOf(parts[0]!), value: octets(parts.at(-1)!) }
  })
}

/** What a certificate with this content will say, read off the very octets that will be signed. */
export const fieldsOfContent = (what: CertificateContent, signer: KeyAlgorithm): CertificateField[] | null =>
  fieldsOf(der.sequence(encodeTbs(what, signer), signatureIdentifier(signer), der.bitString(new Uint8Array(1))))

export type Difference = { field: string; label: string; shown: string; issued: string }

const spelt = (one: CertificateField | undefined): string =>
  one ? `${one.critical ? 'critical: ' : ''}${one.value.join(', ')}` : ''

/**
 * Where a signed certificate says other than what was shown; empty when it says the same. `null` when what came back is
 * no certificate that could be read whole.
 */
export function differencesFrom(shown: readonly CertificateField[], certificateDer: Bytes): Difference[] | null {
  const issued = fieldsOf(certificateDer)
  if (!issued) return null
  const names = [...new Set([...shown, ...issued].map(({ field }) => field))]
  return names.flatMap((field) => {
    const [before, after] = [shown, issued].map((list) => list.filter((one) => one.field === field))
    const same = before!.length === after!.length && before!.every((one, at) => spelt(one) === spelt(after![at]))
    if (same) return []
    const [one] = [...before!, ...after!]
    const texts = [before!, after!].map((list) => list.map(spelt).join('; '))
    return [{ field, label: one?.label ?? field, shown: texts[0]!, issued: texts[1]! }]
  })
}

/** The TBSCertificate of a certificate, or `null`. */
export const tbsOf = (certificateDer: Bytes): Bytes | null =>
  orNull(() => whole(childrenOf(derOf(certificateDer), Tag.sequence)[0]!))
