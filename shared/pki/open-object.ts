import { encodeBase64 } from './base64.ts'
import type { Compared } from './compare-words.ts'
import { containerParts } from './container-parts.ts'
import type { Bytes } from './der.ts'
import type { InspectedObject } from './facts.ts'
import { fileStart } from './file-start.ts'
import type { OpenedObject, Repair } from './inspect-calls.ts'
import { toPem } from './pem.ts'
import { kindOfLabel } from './pem-labels.ts'
import type { Entry, Inside, Reading } from './reading.ts'
import { revokedEntries } from './revoked-entries.ts'
import { strengthOf } from './strength.ts'
import { whoOpens } from './who-opens.ts'

/** Of a list of a million revocations the page shows these; the facts say how many there are. */
const mostRevoked = 1000
/** Longest text and list that go to the page: what has more is shown cut, and saved whole. */
const longestText = 20_000
const longestPem = 2 * 1024 * 1024
const longestList = 5000
/** Longer lists are compared by their facts alone. */
const mostCompared = 50_000

/** An object read to its depth, in a size that a page can show. */
export async function openedObject(reading: Reading, entry: Entry): Promise<OpenedObject> {
  const object = await reading.object(entry)
  const { pem, facts } = object
  const repair = reading.repair(entry)
  const strength = strengthOf(facts)
  return fitting({
    object: { ...object, ...(pem !== undefined && pem.length > longestPem && { pem: undefined }) },
    ...(facts.spkiSha256 && { pinSha256: encodeBase64(octetsOf(facts.spkiSha256)) }),
    ...(strength !== undefined && { strength }),
    repair: repair && shownRepair(repair, reading, entry),
    ...(await insideOf(object, entry, reading)),
    revoked: object.kind === 'crl' ? revokedEntries(derOf(entry) ?? nothing, mostRevoked) : [],
  })
}

const nothing = new Uint8Array(0)

/** Worked out once: showing what is in a container takes its whole key derivation. */
async function insideOf(object: InspectedObject, entry: Entry, { passphrases }: Reading): Promise<Inside> {
  const bytes = derOf(entry) ?? (entry.piece?.form === 'key-pem' ? entry.piece.der : null)
  if (!bytes) return { container: [], whoOpens: [] }
  entry.inside ??= {
    container: await containerParts(object, bytes, passphrases),
    whoOpens: whoOpens(object, bytes, passphrases),
  }
  return entry.inside
}

/** An object as it is compared: a revocation list with all that it revokes. */
export async function comparedObject(reading: Reading, entry: Entry): Promise<Compared> {
  const object = await reading.object(entry)
  const whole = object.kind === 'crl' && (object.facts.revokedCount ?? 0) <= mostCompared
  return { ...object, ...(whole && { revoked: revokedEntries(derOf(entry) ?? nothing) }) }
}

function shownRepair({ changes, fileName, text }: Repair, reading: Reading, { fileAt }: Entry): Repair {
  const small = text !== null && text.length <= longestPem
  const kinds = reading.entries.filter((other) => other.fileAt === fileAt).map(({ row }) => row.kind)
  const before = text === null ? undefined : fileStart(reading.files[fileAt]!.bytes, kinds)
  return { changes, fileName, ...(before !== undefined && { before }), text: small ? text : null }
}

const octetsOf = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))

/** Cuts what a hostile file could make endless: names, extension values, lists of names. PEM has its own limit. */
function fitting<T>(value: T, name = ''): T {
  if (typeof value === 'string') {
    const limit = name === 'pem' || name === 'text' ? longestPem : longestText
    return (value.length > limit ? `${value.slice(0, limit - 1)}…` : value) as T
  }
  if (Array.isArray(value)) return value.slice(0, longestList).map((one) => fitting(one, name)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fitting(inner, key)])) as T
}

/** The DER an object consists of, where it is a public one or still encrypted. */
export function derOf({ piece, der }: Entry): Bytes | null {
  if (der) return der
  if (piece?.form === 'der') return piece.der
  if (piece?.form === 'keystore' || piece?.form === 'pvk') return piece.bytes
  return piece?.form === 'ssh-public' ? piece.spki : null
}

/**
 * What saving an object writes, byte for byte as it was found: an encrypted key stays encrypted. `null` when it has no
 * such form (a bundle has no PEM, an OpenSSH key no DER), and for a key inside a container, which protects it.
 */
export function savedForm(entry: Entry, form: 'pem' | 'der'): { bytes: Bytes; secret: boolean } | null {
  const { piece, row } = entry
  const secret = ['private-key', 'pkcs12', 'keystore', 'unknown'].includes(row.kind)
  if (piece?.form === 'key-pem') {
    // Headers and formats of their own mean nothing without their text.
    const isDer = piece.der[0] === 0x30 && !/^(Proc-Type|DEK-Info):/m.test(latin(piece.pem))
    const bytes = form === 'pem' ? piece.pem : isDer ? piece.der : null
    return bytes && { bytes, secret }
  }
  const der = derOf(entry)
  if (!der) return null
  if (form === 'der') return { bytes: der, secret }
  const label = labelFor(entry)
  return label === null ? null : { bytes: new TextEncoder().encode(toPem(label, der)), secret }
}

const latin = (bytes: Bytes): string => new TextDecoder('latin1').decode(bytes.subarray(0, 2000))

const labels: Partial<Record<Entry['row']['kind'], string>> = {
  certificate: 'CERTIFICATE',
  request: 'CERTIFICATE REQUEST',
  crl: 'X509 CRL',
  'public-key': 'PUBLIC KEY',
  pkcs7: 'PKCS7',
}

const keyLabels: Record<string, string> = {
  'PKCS#8': 'PRIVATE KEY',
  'PKCS#1': 'RSA PRIVATE KEY',
  SEC1: 'EC PRIVATE KEY',
}

function labelFor({ row, piece }: Entry): string | null {
  const { kind, facts } = row
  if (kind === 'private-key' && piece?.form === 'der') {
    if (facts.container === 'PKCS#8' && facts.encrypted) return 'ENCRYPTED PRIVATE KEY'
    return keyLabels[facts.container ?? ''] ?? null
  }
  if (kind === 'public-key' && facts.container === 'PKCS#1') return 'RSA PUBLIC KEY'
  // Trusted certificates have a label of their own.
  const own = piece?.form === 'der' ? piece.label : undefined
  return own !== undefined && kindOfLabel(own) === kind ? own : (labels[kind] ?? null)
}
