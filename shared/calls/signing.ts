import { z } from 'zod'
import { PlanIssue, PlanRow, SigningWish } from '../authority/plan-row.ts'
import { Handle } from '../identity.ts'
import { AuthorityDetail, IssuedSummary } from './authority.ts'

/** Requests are small: the largest that is signed here. */
export const mostRequestBytes = 256 * 1024

const Pem = z
  .string()
  .min(1)
  .max(mostRequestBytes * 2)
const Dropped = z.strictObject({
  name: z.string().min(1).max(255),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= 16 * 1024 * 1024),
  size: z.number().int().min(0).optional(),
})
const Paths = z.array(z.string().min(1).max(4096)).min(1)

/** Where a request to sign comes from. `issued`: the one that is kept with an issued certificate. */
export const RequestSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('choose') }),
  z.strictObject({ from: z.literal('paths'), paths: Paths.max(50) }),
  z.strictObject({ from: z.literal('contents'), files: z.array(Dropped).min(1).max(50) }),
  z.strictObject({ from: z.literal('text'), text: Pem }),
  z.strictObject({ from: z.literal('issued'), issued: Handle }),
])
export type RequestSource = z.infer<typeof RequestSource>

/** A request as it was found in a file of any form. `provider`, `callsYou`: what it was signed for before. */
export const OpenedRequest = z.strictObject({
  name: z.string(),
  pem: z.string(),
  subject: z.string(),
  provider: z.string().optional(),
  callsYou: z.string().optional(),
  authority: Handle.optional(),
  renews: Handle.optional(),
})
export type OpenedRequest = z.infer<typeof OpenedRequest>

const Said = z.strictObject({ code: z.string(), title: z.string(), causes: z.array(z.string()), next: z.string() })

/** Names a plan that main keeps, with the very octets that were shown. */
const PlanToken = z.string().regex(/^[0-9a-f]{24}$/)

export const ShownPlan = z.strictObject({
  plan: PlanToken,
  authorityName: z.string(),
  /** A service decides by its own rules, and may issue otherwise. */
  decides: z.enum(['us', 'service']),
  askEachTime: z.boolean(),
  rows: z.array(PlanRow),
  issues: z.array(PlanIssue),
  blocked: Said.nullable(),
  days: z.number().int(),
  /** What the files that are handed back will be called. */
  files: z.array(z.string()),
})
export type ShownPlan = z.infer<typeof ShownPlan>

export const SignedCertificate = z.strictObject({
  issued: IssuedSummary,
  certificatePem: z.string(),
  differences: z.array(z.strictObject({ field: z.string(), label: z.string(), shown: z.string(), issued: z.string() })),
  files: z.array(z.string()),
})
export type SignedCertificate = z.infer<typeof SignedCertificate>

/** Where an authority’s key and certificate come from. `again`: those chosen last, now with a passphrase. */
export const AuthoritySource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('files') }),
  z.strictObject({ from: z.literal('folder') }),
  z.strictObject({ from: z.literal('again') }),
  z.strictObject({ from: z.literal('paths'), paths: Paths.max(200) }),
  z.strictObject({ from: z.literal('contents'), files: z.array(Dropped).min(1).max(200) }),
])
export type AuthoritySource = z.infer<typeof AuthoritySource>

/** Bringing an authority, and signing requests. */
export const signingCalls = {
  /** `null` when the dialog was closed. */
  openRequest: {
    input: z.strictObject({ source: RequestSource }),
    output: z.strictObject({ request: OpenedRequest.nullable() }),
  },
  /** What would be issued. Each plan has a serial number and a beginning of its own, which are those that are signed. */
  planSigning: { input: z.strictObject({ requestPem: Pem, wish: SigningWish }), output: ShownPlan },
  /** Signs what was shown, once. `despite` names the points that the user has accepted. */
  signRequest: {
    input: z.strictObject({
      plan: PlanToken,
      despite: z.array(z.string().max(80)).max(40),
      name: z.string().trim().min(1).max(200).optional(),
      renews: Handle.optional(),
    }),
    output: SignedCertificate,
  },
  /** Checked as a server checks it before anything is written; never with a key. Empty when the dialog was closed. */
  saveHandBack: {
    input: z.strictObject({ issued: Handle }),
    output: z.strictObject({ saved: z.array(z.string()), says: z.string().optional() }),
  },
  bringAuthority: {
    input: z.strictObject({
      source: AuthoritySource,
      passphrase: z.string().max(1024).optional(),
      askEachTime: z.boolean(),
    }),
    output: z.discriminatedUnion('outcome', [
      /** `book`: certificates taken over from its index; `leftOut`: of a long one, those that have expired or are too many. */
      z.strictObject({
        outcome: z.literal('brought'),
        authority: AuthorityDetail,
        book: z.number().int(),
        leftOut: z.number().int(),
      }),
      z.strictObject({ outcome: z.literal('locked'), files: z.array(z.string()), tried: z.boolean() }),
      z.strictObject({ outcome: z.literal('cancelled') }),
    ]),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
