import { z } from 'zod'
import { RevocationReason } from '../../shared/authority/revocation-reason.ts'
import { Handle } from '../../shared/identity.ts'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { TokenPlace } from '../../shared/tokens/token.ts'

const Address = z.url({ protocol: /^https?$/ }).max(2048)

/**
 * Where the key that signs is. `vault`: sealed beside this record as `privateKey` (PKCS#8 DER). With a service the key
 * never comes here; what proves us to the service (`authKey` of cfssl, `password` of EST) is sealed instead, or an
 * identity of the vault is shown.
 */
export const KeyPlace = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('vault') }),
  z.strictObject({
    at: z.literal('cfssl'),
    url: Address,
    label: z.string().max(120).optional(),
    profile: z.string().max(120).optional(),
    /** What the server certificate of the service must come from; this computer's own roots when absent. */
    serverCaPem: z.string().max(65_536).optional(),
    /** The user has allowed plain http for this address. */
    plainHttp: z.boolean().optional(),
  }),
  z.strictObject({
    at: z.literal('est'),
    url: Address,
    /** RFC 7030 section 3.2.2: more than one authority behind one address. */
    label: z.string().max(120).optional(),
    user: z.string().max(255).optional(),
    identity: Handle.optional(),
    serverCaPem: z.string().max(65_536).optional(),
  }),
  TokenPlace,
])
export type KeyPlace = z.infer<typeof KeyPlace>

/** An authority that signs here, or through a service. */
export const AuthorityRecord = z.strictObject({
  handle: Handle,
  name: z.string().trim().min(1).max(120),
  kind: z.enum(['root', 'issuing']),
  keyPlace: KeyPlace,
  /** Unknown where a service holds the key. */
  key: KeyAlgorithm.optional(),
  certificatePem: z.string(),
  /** Issuers above it, nearest first. */
  chainPem: z.array(z.string()).max(20),
  /** The authority here that issued this one. */
  parent: Handle.optional(),
  /** The authority that takes over from this one; both are trusted until this one ends. */
  successor: Handle.optional(),
  createdAt: z.iso.datetime(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  /** Ask before each use of the key. */
  askEachTime: z.boolean(),
  /** What newly signed certificates get unless another choice is made. */
  defaults: z.strictObject({
    days: z.number().int().min(1).max(3650),
    crlUrls: z.array(Address).max(8),
    issuerUrls: z.array(Address).max(8),
  }),
  /** The last list it signed. */
  crl: z
    .strictObject({
      number: z.number().int().min(1),
      thisUpdate: z.iso.datetime(),
      nextUpdate: z.iso.datetime(),
      madeAt: z.iso.datetime().optional(),
      /** How many were revoked when it was made, those that have left it since included. */
      revoked: z.number().int().optional(),
      pem: z.string(),
    })
    .optional(),
  history: z
    .array(z.strictObject({ at: z.iso.datetime(), what: z.string().max(40), detail: z.string().max(300).optional() }))
    .max(500),
})
export type AuthorityRecord = z.infer<typeof AuthorityRecord>

/** One certificate that an authority of this vault has issued. All of it is public. */
export const IssuedRecord = z.strictObject({
  handle: Handle,
  authority: Handle,
  /** Hex, as in the certificate, without leading zeros. */
  serial: z.string().regex(/^[0-9a-f]{1,40}$/),
  /** What people call it: the common name, or what the user typed. */
  name: z.string().min(1).max(200),
  /** RFC 2253. */
  subject: z.string(),
  /** Unknown where only OpenSSL's index names it. */
  notBefore: z.iso.datetime().optional(),
  notAfter: z.iso.datetime(),
  issuedAt: z.iso.datetime(),
  /** Absent where it was taken over from OpenSSL's index without its file. */
  certificatePem: z.string().optional(),
  /** Kept to renew with the same request. */
  requestPem: z.string().optional(),
  spkiSha256: z.string().optional(),
  provider: z.string().max(40).optional(),
  /** Which of the profile's `callsYou` it was signed for. */
  callsYou: z.string().max(40).optional(),
  environment: z.string().max(40).optional(),
  renews: Handle.optional(),
  renewedBy: Handle.optional(),
  revoked: z
    .strictObject({
      at: z.iso.datetime(),
      reason: RevocationReason,
      /** Since when its key is known or feared to be in other hands. */
      invalidSince: z.iso.datetime().optional(),
    })
    .optional(),
  note: z.string().max(2000).optional(),
})
export type IssuedRecord = z.infer<typeof IssuedRecord>
