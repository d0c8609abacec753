import { z } from 'zod'
import { Finding } from './findings.ts'
import { Facts } from './pki/facts.ts'
import { KeyAlgorithm } from './pki/key-plan.ts'
import { SubjectFieldName } from './providers/profile.ts'
import { TokenChoice, TokenPlace } from './tokens/token.ts'

/** How the page names an identity it may not hold. */
export const Handle = z.string().regex(/^[a-z0-9]{8,40}$/)
export type Handle = z.infer<typeof Handle>

export const IdentityState = z.enum(['draft', 'requested', 'ready', 'expiring', 'expired', 'replaced', 'revoked'])
export type IdentityState = z.infer<typeof IdentityState>

/** Subject values by attribute, as typed; empty or absent means left out. */
export const SubjectAnswers = z.partialRecord(SubjectFieldName, z.string().max(1024))
export type SubjectAnswers = z.infer<typeof SubjectAnswers>

/** The wizard's answers: enough to build the request, and to fill the wizard again at renewal. */
export const IdentityPlan = z.strictObject({
  provider: z.string().min(1).max(40),
  environment: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(120),
  answers: z.record(z.string(), z.string().max(1024)),
  subject: SubjectAnswers,
  /** `DNS:…`, `IP:…`, `email:…`, `URI:…` */
  subjectAltNames: z.array(z.string().max(2048)).max(200),
  key: KeyAlgorithm,
  /** Set when this identity will replace another one. */
  renews: Handle.optional(),
  /** It renews with the key of the one before, instead of a new one. */
  sameKey: z.boolean().optional(),
})
export type IdentityPlan = z.infer<typeof IdentityPlan>

/** A wizard left half-way. Everything may still be missing or wrong. */
export const Draft = z.strictObject({
  step: z.enum(['provider', 'subject', 'key', 'review']),
  plan: IdentityPlan.partial().extend({ name: z.string().max(120).optional() }),
  /** Where the key is to be; absent means the vault. */
  token: TokenChoice.optional(),
  savedAt: z.iso.datetime(),
})
export type Draft = z.infer<typeof Draft>

/** A word of the user's, to find things by. No comma, because lists of them are typed with commas. */
export const Tag = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^,\n]+$/)
export const Tags = z.array(Tag).max(20)
export const Note = z.string().max(2000)

export const TestMark = z.strictObject({
  at: z.iso.datetime(),
  outcome: z.enum(['accepted', 'refused', 'unproven', 'unreachable']),
  title: z.string(),
  /** Made at the practice provider on this computer. */
  practice: z.literal(true).optional(),
})

/** What of a renewal only a person can tell. Days, because nobody remembers the minute. */
export const RenewalTicks = z.strictObject({
  sent: z.strictObject({ to: z.string().trim().max(120), on: z.iso.date() }).optional(),
  switchedOn: z.iso.date().optional(),
})
export type RenewalTicks = z.infer<typeof RenewalTicks>

/** Steps of the hand-over that a person ticked off, by their ids: done on that day, or not needed since then. */
export const HandoverMarks = z.record(
  z.string().max(40),
  z.strictObject({ on: z.iso.date(), skipped: z.literal(true).optional() }),
)
export type HandoverMarks = z.infer<typeof HandoverMarks>

/** What an identity tells of its hand-over: see `shared/handover/checklist.ts`. */
export const HandoverFacts = z.strictObject({
  marks: HandoverMarks,
  sent: RenewalTicks.shape.sent,
  certificateOn: z.iso.datetime().optional(),
  selfSigned: z.boolean(),
  acceptedOn: z.iso.datetime().optional(),
  exportedOn: z.iso.datetime().optional(),
})
export type HandoverFacts = z.infer<typeof HandoverFacts>

/** One identity taking over from another: see `shared/renewal/renewal.ts`. */
export const Renewal = z.strictObject({
  /** Which of the two this is told of. */
  side: z.enum(['old', 'new']),
  /** Null once it was removed: nothing is left to retire. */
  old: z.strictObject({ handle: Handle, name: z.string(), notAfter: z.iso.datetime().optional() }).nullable(),
  new: z.strictObject({ handle: Handle, name: z.string() }),
  sameKey: z.boolean(),
  startedOn: z.iso.datetime(),
  ...RenewalTicks.shape,
  /** When the new certificate was attached or signed; absent while it is awaited. */
  cameBackOn: z.iso.datetime().optional(),
  selfSigned: z.boolean(),
  /** The new one's last test, if it was accepted. */
  testedOn: z.iso.datetime().optional(),
  retiredOn: z.iso.date().optional(),
})
export type Renewal = z.infer<typeof Renewal>

export const IdentitySummary = z.strictObject({
  handle: Handle,
  name: z.string(),
  provider: z.string(),
  providerName: z.string(),
  environment: z.string(),
  environmentName: z.string(),
  /** Stored state; `expiring` and `expired` follow from the dates (`shared/expiry/lifeline.ts`). */
  state: IdentityState,
  commonName: z.string().optional(),
  key: KeyAlgorithm,
  keptBy: z.enum(['keychain', 'passphrase']),
  createdAt: z.iso.datetime(),
  notBefore: z.iso.datetime().optional(),
  notAfter: z.iso.datetime().optional(),
  lastTest: TestMark.optional(),
  replacedBy: Handle.optional(),
  renews: Handle.optional(),
  /** Where its key is, when that is not the vault. */
  keyPlace: TokenPlace.optional(),
  /** Its certificate was issued by the practice provider on this computer. */
  practice: z.boolean(),
  spkiSha256: z.string(),
  tags: Tags.optional(),
  note: Note.optional(),
  /** The renewal it is in, as the new one or the old one; of several the one that is not done, or the latest. */
  renewal: Renewal.optional(),
  handover: HandoverFacts.optional(),
})
export type IdentitySummary = z.infer<typeof IdentitySummary>

export const HistoryEvent = z.strictObject({
  at: z.iso.datetime(),
  what: z.enum([
    'created',
    'self-signed',
    'attached',
    'exported',
    'tested',
    'renamed',
    'replaced',
    'saved-request',
    'saved-certificate',
    'sent',
    'switched-over',
    'step-done',
    'step-not-needed',
    'tick-undone',
    'imported',
    'removed',
    'restored',
  ]),
  detail: z.string().optional(),
})

export const IdentityDetail = IdentitySummary.extend({
  plan: IdentityPlan,
  requestPem: z.string(),
  requestFacts: Facts,
  certificatePem: z.string().optional(),
  certificateFacts: Facts.optional(),
  /** Issuers above the certificate, nearest first, as PEM with their facts. */
  chain: z.array(z.strictObject({ pem: z.string(), facts: Facts })),
  /** Certificates to trust when calling this provider (its own CA), as PEM. */
  serverCaPem: z.string().optional(),
  findings: z.array(Finding),
  /** Names of blanks whose values are kept, sealed. */
  remembered: z.array(z.string()),
  history: z.array(HistoryEvent),
})
export type IdentityDetail = z.infer<typeof IdentityDetail>
