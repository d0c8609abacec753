import { z } from 'zod'
import { Finding, Severity } from '../findings.ts'
import { Handle } from '../identity.ts'
import { Facts, InspectedObject, ObjectKind, Relation } from './facts.ts'

/** Names what was dropped together, for as long as it is kept: the page never names a file. */
export const InspectionToken = z.string().regex(/^[0-9a-f]{24}$/)
/** `0`, `1`, `1.0` (inside 1) … */
export const ObjectId = z.string().regex(/^\d{1,6}(\.\d{1,6}){0,8}$/)

/** An object to compare or to judge: one that was dropped, or what an identity or an authority of mine holds. */
export const ObjectRef = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('inspection'), inspection: InspectionToken, object: ObjectId }),
  z.strictObject({ of: z.literal('identity'), identity: Handle, part: z.enum(['certificate', 'request']) }),
])
export type ObjectRef = z.infer<typeof ObjectRef>

/** What a list shows of an object: enough to find, sort and group it, little enough for ten thousand of them. */
export const RowFacts = Facts.pick({
  subject: true,
  issuer: true,
  serialHex: true,
  notBefore: true,
  notAfter: true,
  nextUpdate: true,
  keyAlgorithm: true,
  keyBits: true,
  curve: true,
  isCa: true,
  selfSigned: true,
  sha256: true,
  spkiSha256: true,
  encrypted: true,
  container: true,
  friendlyName: true,
  certificates: true,
  keys: true,
  keysLocked: true,
  crls: true,
  revokedCount: true,
  extendedKeyUsage: true,
  /** The first eight; names of a row are cut at 300 characters. */
  subjectAltNames: true,
})
export type RowFacts = z.infer<typeof RowFacts>

export const ObjectRow = InspectedObject.pick({
  id: true,
  file: true,
  inside: true,
  kind: true,
  encoding: true,
  problem: true,
}).extend({
  facts: RowFacts,
  /** The gravest finding, and how many there are. */
  worst: Severity.nullable(),
  findings: z.number().int(),
  /** Its bytes are not what programs expect, and the app can write them right. */
  repairable: z.boolean(),
})
export type ObjectRow = z.infer<typeof ObjectRow>

/**
 * What an object is to an identity or authority of mine: its very `certificate` or `request`; a certificate that
 * `answers-request`, being for its key; another object of the `same-key`; the `issuer` of its certificate; or
 * `issued-by` it.
 */
export const Mine = z.strictObject({
  object: z.string(),
  identity: z.string(),
  name: z.string(),
  how: z.enum(['certificate', 'request', 'answers-request', 'same-key', 'issuer', 'issued-by']),
})
export type Mine = z.infer<typeof Mine>

/**
 * A part of an inspection: at most 500 rows, so that no reply holds up the page. `done` comes with the last part, and
 * with it the relations; until then the page asks for more, from the number of rows it has.
 */
export const InspectionPart = z.strictObject({
  inspection: InspectionToken,
  rows: z.array(ObjectRow).max(500),
  done: z.boolean(),
  /** How many objects are known so far; the final number once `done`. */
  total: z.number().int(),
  relations: z.array(Relation),
  /** Objects that have to do with one of my identities. */
  mine: z.array(Mine),
  leftOut: z.array(z.strictObject({ file: z.string(), code: z.string(), title: z.string(), next: z.string() })),
  /** Ids of objects that a passphrase would open. */
  locked: z.array(z.string()),
})
export type InspectionPart = z.infer<typeof InspectionPart>

/** What the app would write in place of a file that programs refuse. */
export const Repair = z.strictObject({
  /** What is changed, one sentence each, such as `The byte order mark is taken away.` */
  changes: z.array(z.string()).min(1),
  fileName: z.string(),
  /** The first lines of the file as it is, at most 20; absent for a binary file and where a private key is. */
  before: z.string().max(2000).optional(),
  /** The repaired text; `null` when it holds a private key, which goes to a file only. */
  text: z.string().nullable(),
})
export type Repair = z.infer<typeof Repair>

/** Can a program open this container or load this key. */
export const WhoOpens = z.strictObject({
  who: z.string(),
  opens: z.enum(['yes', 'no', 'partly']),
  why: z.string(),
  /** The programs that were run to learn it; `null` where it is what makers and users report. */
  measured: z.string().nullable(),
})
export type WhoOpens = z.infer<typeof WhoOpens>

/** The structure of a container (PKCS#12, JKS), in words, outermost first. */
export const ContainerPart = z.strictObject({
  depth: z.number().int(),
  name: z.string(),
  says: z.string(),
})
export type ContainerPart = z.infer<typeof ContainerPart>

/** Entries of a revocation list, in its order; at most 1,000 go to the page, `revokedCount` tells how many there are. */
export const RevokedEntry = z.strictObject({
  serialHex: z.string(),
  revokedAt: z.string(),
  reason: z.string().optional(),
  /** When the key is known or thought to have been lost; may lie before the day of revocation. */
  invalidSince: z.string().optional(),
  /** Whose certificate it is, where that is not the issuer of the list (an indirect list). */
  issuer: z.string().optional(),
})
export type RevokedEntry = z.infer<typeof RevokedEntry>

/** Findings of a certificate or request against a provider's rules. */
export const ProfileJudgement = z.strictObject({
  provider: z.string(),
  environment: z.string(),
  findings: z.array(Finding),
})
export type ProfileJudgement = z.infer<typeof ProfileJudgement>

/** An object read to its depth. */
export const OpenedObject = z.strictObject({
  object: InspectedObject,
  /** Key size and algorithm in a plain word with its reason: `strong: RSA 4096, about 140 bits`. */
  strength: z.string().optional(),
  /** OpenSSL's way of printing public keys pins: base64 of the SHA-256 of the SubjectPublicKeyInfo. */
  pinSha256: z.string().optional(),
  repair: Repair.nullable(),
  container: z.array(ContainerPart),
  whoOpens: z.array(WhoOpens),
  revoked: z.array(RevokedEntry),
  /** When a provider was asked for. */
  judgement: ProfileJudgement.optional(),
})
export type OpenedObject = z.infer<typeof OpenedObject>

/** One node of an ASN.1 tree in preorder; offsets and lengths are octets from the start of `bytes`. */
export const Asn1Node = z.strictObject({
  depth: z.number().int(),
  at: z.number().int(),
  headerLength: z.number().int(),
  length: z.number().int(),
  /** `SEQUENCE`, `OBJECT IDENTIFIER`, `[0]`, … */
  tag: z.string(),
  /** What the value is in its place, when that is known: `serialNumber`, `notBefore`, … */
  role: z.string().optional(),
  /** The value in words, cut at 200 characters. */
  value: z.string().optional(),
})
export type Asn1Node = z.infer<typeof Asn1Node>

/** `cut`: the object has more nodes or bytes than are shown. */
export const Structure = z.strictObject({
  nodes: z.array(Asn1Node).max(20_000),
  bytes: z.instanceof(Uint8Array),
  cut: z.boolean(),
})
export type Structure = z.infer<typeof Structure>

export const ComparedField = z.strictObject({
  group: z.enum(['object', 'subject', 'issuer', 'validity', 'key', 'signature', 'extensions']),
  field: z.string(),
  a: z.array(z.string()),
  b: z.array(z.string()),
  same: z.boolean(),
  /** What the difference means, where there is something to say. */
  says: z.string().optional(),
})
export type ComparedField = z.infer<typeof ComparedField>

export const Comparison = z.strictObject({
  a: z.strictObject({ kind: ObjectKind, name: z.string() }),
  b: z.strictObject({ kind: ObjectKind, name: z.string() }),
  /** One sentence for the top: `The same key, valid a year longer, without the name old.example.com.` */
  says: z.string(),
  fields: z.array(ComparedField),
})
export type Comparison = z.infer<typeof Comparison>

export const Purpose = z.enum(['client', 'server', 'any'])
export type Purpose = z.infer<typeof Purpose>

export const PathLink = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  sha256: z.string(),
  notAfter: z.string(),
  /** What is wrong with this link, when the path breaks here. */
  problem: z.string().optional(),
})

/** Would it be trusted? `reason` is a stable code: `ok`, or `path.what-is-wrong`. */
export const PathVerdict = z.strictObject({
  trusted: z.boolean(),
  reason: z.string(),
  /** The reason in one sentence, with the certificate it is about. */
  says: z.string(),
  next: z.string().optional(),
  /** Leaf first; as far as it could be built when it is not trusted. */
  path: z.array(PathLink),
})
export type PathVerdict = z.infer<typeof PathVerdict>

/** What is trusted for this question. `dropped`: the self-signed authorities of the inspection. */
export const PathRoots = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('system') }),
  z.strictObject({ by: z.literal('dropped') }),
  z.strictObject({ by: z.literal('object'), object: ObjectRef }),
  z.strictObject({ by: z.literal('identity'), identity: Handle }),
])
export type PathRoots = z.infer<typeof PathRoots>
