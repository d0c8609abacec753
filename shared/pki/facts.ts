import { z } from 'zod'
import { Finding } from '../findings.ts'

/** What an object is, decided by its bytes. The values are a promise to scripts that read `inspect --json`. */
export const ObjectKind = z.enum([
  'certificate',
  'request',
  'crl',
  'private-key',
  'public-key',
  'pkcs12',
  'pkcs7',
  'keystore',
  'unknown',
])
export type ObjectKind = z.infer<typeof ObjectKind>

export const ExtensionFact = z.strictObject({
  oid: z.string(),
  name: z.string(),
  critical: z.boolean(),
  /** The decoded value, one line a part; hex when the extension is unknown. */
  value: z.array(z.string()),
})
export type ExtensionFact = z.infer<typeof ExtensionFact>

/** An attribute of a request beside the extensions it asks for; a challenge password is named and not told. */
export const AttributeFact = z.strictObject({ oid: z.string(), name: z.string(), value: z.array(z.string()) })
export type AttributeFact = z.infer<typeof AttributeFact>

/** One attribute of a name, in the order of the encoding. `type` is the short name (`CN`) or the dotted OID. */
export const NamePart = z.strictObject({ type: z.string(), value: z.string() })
export type NamePart = z.infer<typeof NamePart>

/**
 * Public facts of one object. What does not apply to a kind is absent. Names as `openssl -nameopt RFC2253`, times ISO
 * 8601 UTC with seconds, serial in upper-case hex of whole bytes, digests in lower-case hex without separators.
 */
export const Facts = z.strictObject({
  version: z.number().int().optional(),
  subject: z.string().optional(),
  subjectParts: z.array(NamePart).optional(),
  issuer: z.string().optional(),
  issuerParts: z.array(NamePart).optional(),
  serialHex: z.string().optional(),
  serialDecimal: z.string().optional(),
  notBefore: z.string().optional(),
  notAfter: z.string().optional(),
  /** `RSA`, `RSA-PSS`, `EC`, `Ed25519`, `Ed448`, `X25519`, `X448`, `DSA`, `ML-DSA-44` …, or the dotted OID. */
  keyAlgorithm: z.string().optional(),
  keyBits: z.number().int().optional(),
  /** OpenSSL's name (`prime256v1`), the dotted OID, or `explicit parameters`. */
  curve: z.string().optional(),
  /** OpenSSL's long name (`sha256WithRSAEncryption`, `ecdsa-with-SHA256`) or the dotted OID. */
  signatureAlgorithm: z.string().optional(),
  /** `DNS:…`, `IP:…`, `email:…`, `URI:…`, `dirName:…`, `otherName:<oid>`, `RID:…`. */
  subjectAltNames: z.array(z.string()).optional(),
  isCa: z.boolean().optional(),
  pathLength: z.number().int().optional(),
  selfSigned: z.boolean().optional(),
  /** RFC 5280 names: `digitalSignature`, `keyEncipherment`, … */
  keyUsage: z.array(z.string()).optional(),
  /** `clientAuth`, `serverAuth`, …, or the dotted OID. */
  extendedKeyUsage: z.array(z.string()).optional(),
  subjectKeyIdentifier: z.string().optional(),
  authorityKeyIdentifier: z.string().optional(),
  extensions: z.array(ExtensionFact).optional(),
  /** Requests. */
  attributes: z.array(AttributeFact).optional(),
  /** SHA-256 and SHA-1 over the DER of the object, SHA-256 over its SubjectPublicKeyInfo. */
  sha256: z.string().optional(),
  sha1: z.string().optional(),
  spkiSha256: z.string().optional(),
  /** Keys and containers: is a passphrase needed, and what protects the content. */
  encrypted: z.boolean().optional(),
  protection: z.string().optional(),
  /** Container format in plain words: `PKCS#8`, `PKCS#1`, `SEC1`, `OpenSSH`, `JKS`, … */
  container: z.string().optional(),
  macAlgorithm: z.string().optional(),
  friendlyName: z.string().optional(),
  /** What ties a key to its certificate in a PKCS#12: hex, mostly the SHA-1 of the certificate. */
  localKeyId: z.string().optional(),
  /** Containers: how many of what is inside, once opened. */
  certificates: z.number().int().optional(),
  keys: z.number().int().optional(),
  /** Keystores: how many of its keys no passphrase has opened yet. */
  keysLocked: z.number().int().optional(),
  crls: z.number().int().optional(),
  /** Revocation lists. */
  thisUpdate: z.string().optional(),
  nextUpdate: z.string().optional(),
  crlNumber: z.string().optional(),
  revokedCount: z.number().int().optional(),
  /** The request's own signature verifies with its key (proof of possession); absent when it cannot be checked. */
  signatureValid: z.boolean().optional(),
  bytes: z.number().int().optional(),
})
export type Facts = z.infer<typeof Facts>

/** One object found in a file, in a text or inside a container. */
export const InspectedObject = z.strictObject({
  /** Names this object within its inspection: `0`, `1`, `1.0` (inside 1) … */
  id: z.string(),
  /** The file's path as given, or `-` for pasted text. */
  file: z.string(),
  /** Id of the container it was found in. */
  inside: z.string().optional(),
  kind: ObjectKind,
  encoding: z.enum(['PEM', 'DER', 'base64', 'binary']).optional(),
  facts: Facts,
  problem: z.strictObject({ code: z.string(), title: z.string(), next: z.string() }).nullable(),
  findings: z.array(Finding),
  /** PEM of public objects (certificate, request, CRL, public key); never of a private key. */
  pem: z.string().optional(),
})
export type InspectedObject = z.infer<typeof InspectedObject>

/** Two objects that belong together, by id: `a` is the more private or the lower one. */
export const Relation = z.strictObject({
  kind: z.enum(['same-key', 'issued-by']),
  a: z.string(),
  b: z.string(),
  /** `issued-by`: the issuer's key was checked against the signature. */
  verified: z.boolean().optional(),
})
export type Relation = z.infer<typeof Relation>
