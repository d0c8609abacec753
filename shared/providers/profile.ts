import { z } from 'zod'
import { KeyAlgorithm } from '../pki/key-plan.ts'
import { HandingOver } from './handing-over.ts'

/**
 * A provider's rules as data. A profile never invents a rule: what no page of the provider says stays unset. Every
 * rule names its source by key into `sources`. Templates hold `{name}` blanks that the user's answers fill.
 */

const SourceKey = z.string().regex(/^[a-z0-9-]{1,80}$/, 'lower-case letters, digits and hyphens, 80 at most')
/** Something a person reads. */
const Text = z.string().min(1).max(2000)
const BlankName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'a lower-case letter, then letters and digits, 40 at most')
const PageUrl = z.url({ protocol: /^https$/, error: 'a full https:// address' })
const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, 40 at most')

export const SubjectFieldName = z.enum(['C', 'ST', 'L', 'O', 'OU', 'CN', 'emailAddress', 'serialNumber'])
export type SubjectFieldName = z.infer<typeof SubjectFieldName>

/** One attribute of the subject. `value` is a template, for all environments or by environment id. */
export const SubjectRule = z.strictObject({
  field: SubjectFieldName,
  rule: z.enum(['fixed', 'derived', 'required', 'optional']),
  value: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  /** Anchored regular expression (no flags) that the value must match. */
  pattern: z.string().optional(),
  /** What the pattern asks for, in words. */
  patternSays: Text.optional(),
  example: Text.optional(),
  hint: Text.optional(),
  source: SourceKey.optional(),
})
export type SubjectRule = z.infer<typeof SubjectRule>

/** One answer of the user that templates use as `{id}`, such as the company's short name. */
export const Question = z.strictObject({
  id: BlankName,
  label: Text,
  hint: Text.optional(),
  example: Text.optional(),
  /** Used until the user answers. */
  default: z.string().optional(),
  /** May stay unanswered; what needs it is then left out. */
  optional: z.boolean().optional(),
  /** `host`: a host name, taken in any spelling and used in its ASCII form (punycode). */
  kind: z.enum(['text', 'host']).optional(),
  pattern: z.string(),
  patternSays: Text,
  source: SourceKey.optional(),
})
export type Question = z.infer<typeof Question>

export const Environment = z.strictObject({
  id: Id,
  name: Text,
  kind: z.enum(['sandbox', 'staging', 'live']),
  /** Host name or template; absent where the provider tells it per company. */
  host: z.string().optional(),
  port: z.number().int().min(1).max(65535).default(443),
  /** Addresses to let through the firewall, as the provider publishes them. */
  allowList: z.array(z.string()).default([]),
  note: Text.optional(),
  source: SourceKey.optional(),
})
export type Environment = z.infer<typeof Environment>

export const Signing = z.strictObject({
  /** `self`: a self-signed certificate is permitted. `provider`: staff sign the request. `self-service`: a page signs it. */
  by: z.enum(['self', 'provider', 'self-service']),
  /** Validity the certificate will have, in days; absent where no page says. */
  days: z.number().int().min(1).max(36500).optional(),
  /** Validities offered for a self-signed certificate. */
  offeredDays: z.array(z.number().int().min(1).max(36500)).min(1).optional(),
  who: Text,
  /** Files that come back, with what each is for. */
  returns: z.array(z.strictObject({ file: z.string(), meaning: Text })).default([]),
  maxActive: z.number().int().min(1).max(1000).optional(),
  maxActiveSource: SourceKey.optional(),
  source: SourceKey.optional(),
})

/** A blank of the first call: asked for, kept only on request, sealed when secret. */
export const Blank = z.strictObject({
  id: BlankName,
  label: Text,
  secret: z.boolean(),
  hint: Text.optional(),
})
export type Blank = z.infer<typeof Blank>

export const FirstCall = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']),
  /** Path with blanks: `/auth/token/{clientId}`. */
  path: z.string().startsWith('/', 'a path that begins with /'),
  headers: z.array(z.strictObject({ name: Text, value: z.string() })).default([]),
  body: z.string().optional(),
  blanks: z.array(Blank).default([]),
  says: Text,
  source: SourceKey.optional(),
})
export type FirstCall = z.infer<typeof FirstCall>

/** A webhook as the provider sends it. The body is JSON; what no page shows is made up, and `invented` says what. */
export const WebhookSample = z.strictObject({
  /** What is told with it, such as the name of the event. */
  name: Text,
  method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
  path: z.string().startsWith('/', 'a path that begins with /').default('/'),
  headers: z.array(z.strictObject({ name: Text, value: z.string() })).default([]),
  body: z.record(z.string(), z.json()),
  /** What of it stands on no page of the provider, in words. */
  invented: Text.optional(),
  source: SourceKey.optional(),
})
export type WebhookSample = z.infer<typeof WebhookSample>

/** How a webhook proves its body: HMAC-SHA256 of the raw body, in hex, in a header. */
export const WebhookSignature = z.strictObject({
  header: z.string().regex(/^[A-Za-z0-9-]{1,80}$/, 'a header name'),
  /** What stands before the hex digits, such as `v1=`. */
  prefix: z.string().max(20).default(''),
  /** What the provider calls the secret that keys it. */
  secret: Text,
  source: SourceKey.optional(),
})
export type WebhookSignature = z.infer<typeof WebhookSignature>

/** The name of a file, never a path. */
const FileName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/,
    'a file name of letters, digits, dots, hyphens and underscores, 80 at most',
  )

/** One way in which a provider calls you. */
export const ProviderCall = z.strictObject({
  id: Id,
  name: Text,
  says: Text,
  /**
   * The certificate it brings: the provider’s own, or one that you issue for its request. `subject` is what the
   * practice provider writes into its stand-in; `invented` where no page names it.
   */
  presents: z
    .strictObject({
      by: z.enum(['provider', 'you']),
      subject: z.array(z.strictObject({ field: SubjectFieldName, value: Text })).min(1),
      invented: z.boolean().default(false),
    })
    .optional(),
  sample: WebhookSample.optional(),
  /**
   * Where you issue its certificate: what the request file is called, and the files to hand back. `days` only where a
   * page names them.
   */
  youSign: z
    .strictObject({
      request: FileName.optional(),
      certificate: FileName,
      authority: FileName,
      days: z.number().int().min(1).max(3650).optional(),
      purposes: z.array(z.enum(['clientAuth', 'serverAuth'])).min(1),
      source: SourceKey.optional(),
    })
    .optional(),
  source: SourceKey.optional(),
})
export type ProviderCall = z.infer<typeof ProviderCall>

export const Profile = z.strictObject({
  /** Format of this file, for later readers. */
  format: z.literal(1),
  id: Id,
  name: z.string().min(1).max(80),
  /** One sentence: what the provider is, what mTLS is for there. */
  summary: Text,
  /** Five lines at most for the welcome screen: what it asks, who signs, for how long, what is special. */
  inShort: z.array(Text).min(1).max(5),
  sources: z.record(SourceKey, z.strictObject({ title: Text, url: PageUrl })),
  environments: z.array(Environment).min(1).max(20),
  questions: z.array(Question).max(20).default([]),
  subject: z.array(SubjectRule),
  /** May the user add subject alternative names? `suggest` are templates filled in for them. */
  subjectAltNames: z.strictObject({
    allowed: z.boolean(),
    suggest: z.array(z.string()).default([]),
    source: SourceKey.optional(),
  }),
  keys: z.strictObject({
    allowed: z.array(KeyAlgorithm).min(1),
    /** The keys that the provider's pages name, where they do not name all that may be chosen. */
    named: z.array(KeyAlgorithm).min(1).optional(),
    recommended: KeyAlgorithm,
    reason: Text,
    source: SourceKey.optional(),
  }),
  signing: Signing,
  /** How the request (or the self-signed certificate) reaches the provider, in steps. */
  submit: z.strictObject({
    steps: z.array(Text).min(1),
    url: PageUrl.optional(),
    source: SourceKey.optional(),
  }),
  firstCall: FirstCall.optional(),
  /** What is left to do once the request or the certificate is there, and whom to write to. */
  handover: HandingOver.optional(),
  /** What the practice provider answers to the first call. Invented, and marked so: no page promises it. */
  practice: z
    .strictObject({ status: z.number().int().min(200).max(299), body: z.record(z.string(), z.json()) })
    .optional(),
  /** The other direction: what the provider presents or asks for when it calls you. */
  callsYou: z.array(ProviderCall).default([]),
  /** What holds for all of its webhooks. */
  webhooks: z
    .strictObject({
      signature: WebhookSignature.optional(),
      /** An answer is waited for so long. */
      answerWithinSeconds: z.number().int().min(1).max(600).optional(),
      source: SourceKey.optional(),
    })
    .optional(),
  /**
   * Refusals that the provider documents, and what each means. `code` is the finding that leads there
   * (`key.too-small`), so that a finding can quote the provider.
   */
  refusals: z
    .array(
      z.strictObject({
        code: z.string(),
        says: Text,
        meaning: Text,
        status: z.number().int().min(100).max(599).optional(),
        source: SourceKey.optional(),
      }),
    )
    .default([]),
  renewal: z.strictObject({
    remindDays: z.number().int().min(1).max(365).default(30),
    says: Text.optional(),
    /** `same`: the new certificate has to be for the key of the old one. Without it a renewal has a new key. */
    key: z.enum(['new', 'same']).optional(),
    source: SourceKey.optional(),
  }),
})
export type Profile = z.infer<typeof Profile>
