import { z } from 'zod'
import { AuthorityPlan } from '../authority/authority-plan.ts'
import { RevocationReason } from '../authority/revocation-reason.ts'
import { ServicePlace } from '../authority/service-place.ts'
import { Handle } from '../identity.ts'
import { Facts } from '../pki/facts.ts'
import { KeyAlgorithm } from '../pki/key-plan.ts'
import { TokenChoice } from '../tokens/token.ts'
import { Work } from './inputs.ts'

const Saved = z.strictObject({ saved: z.string().nullable() })
const Address = z.url({ protocol: /^https?$/ }).max(2048)

/** What newly signed certificates get unless another choice is made. */
export const SigningDefaults = z.strictObject({
  days: z.number().int().min(1).max(3650),
  crlUrls: z.array(Address).max(8),
  issuerUrls: z.array(Address).max(8),
})
export type SigningDefaults = z.infer<typeof SigningDefaults>

/** An authority of one's own, as lists show it. */
export const AuthoritySummary = z.strictObject({
  handle: Handle,
  name: z.string(),
  kind: z.enum(['root', 'issuing']),
  keyAt: z.enum(['vault', 'cfssl', 'est', 'token']),
  /** Address of the service, or name of the token, where the key is not in the vault. */
  keyPlace: z.string().optional(),
  keptBy: z.enum(['keychain', 'passphrase']),
  key: KeyAlgorithm.optional(),
  /** RFC 2253. */
  subject: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  parent: Handle.optional(),
  successor: Handle.optional(),
  askEachTime: z.boolean(),
  /** Certificates in its book. */
  issued: z.number().int(),
  crl: z.strictObject({ number: z.number().int(), nextUpdate: z.iso.datetime() }).optional(),
})
export type AuthoritySummary = z.infer<typeof AuthoritySummary>

const Link = z.strictObject({ pem: z.string(), facts: Facts })

export const AuthorityDetail = AuthoritySummary.extend({
  certificatePem: z.string(),
  facts: Facts,
  /** Issuers above it, nearest first. */
  chain: z.array(Link),
  defaults: SigningDefaults,
  /** Where a signing service has its key. */
  service: ServicePlace.optional(),
  history: z.array(z.strictObject({ at: z.iso.datetime(), what: z.string(), detail: z.string().optional() })),
})
export type AuthorityDetail = z.infer<typeof AuthorityDetail>

/** A line of the book of issued certificates. */
export const IssuedSummary = z.strictObject({
  handle: Handle,
  authority: Handle,
  authorityName: z.string(),
  /** Hex. */
  serial: z.string(),
  name: z.string(),
  subject: z.string(),
  notBefore: z.iso.datetime().optional(),
  notAfter: z.iso.datetime(),
  issuedAt: z.iso.datetime(),
  provider: z.string().optional(),
  environment: z.string().optional(),
  /** Its request is kept, so that it can be renewed. */
  renewable: z.boolean(),
  /** The certificate itself is here, not only its entry. */
  here: z.boolean(),
  renews: Handle.optional(),
  renewedBy: Handle.optional(),
  revoked: z
    .strictObject({ at: z.iso.datetime(), reason: RevocationReason, invalidSince: z.iso.datetime().optional() })
    .optional(),
  note: z.string().optional(),
})
export type IssuedSummary = z.infer<typeof IssuedSummary>

/** Authorities of your own: creating them, signing requests, the book of issued certificates, revocation lists. */
export const authorityCalls = {
  listAuthorities: {
    input: z.strictObject({}),
    output: z.strictObject({ authorities: z.array(AuthoritySummary), damaged: z.array(z.string()) }),
  },
  readAuthority: { input: z.strictObject({ authority: Handle }), output: AuthorityDetail },
  /** Answers the one that signs: the issuing authority where there are two. */
  /** With `token` its keys are made there. */
  createAuthority: {
    input: z.strictObject({ work: Work, plan: AuthorityPlan, token: TokenChoice.optional() }),
    output: AuthorityDetail,
  },
  changeAuthority: {
    input: z.strictObject({
      authority: Handle,
      name: z.string().trim().min(1).max(120).optional(),
      askEachTime: z.boolean().optional(),
      defaults: SigningDefaults.optional(),
    }),
    output: AuthorityDetail,
  },
  /** With its key and its book. Certificates it has issued stay valid where they are. */
  removeAuthority: { input: z.strictObject({ authority: Handle }), output: z.strictObject({}) },
  /** The certificate, with the issuers above it: what servers are to trust. */
  saveAuthority: { input: z.strictObject({ authority: Handle }), output: Saved },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
