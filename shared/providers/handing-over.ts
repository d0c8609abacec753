import { z } from 'zod'

/**
 * What is left to do with a provider once the request or the certificate exists, as data: the steps of a checklist, the
 * texts that go to people, the request that goes to an interface. Like all of a profile it states only what a page says.
 */

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, 40 at most')
const SourceKey = z.string().regex(/^[a-z0-9-]{1,80}$/, 'lower-case letters, digits and hyphens, 80 at most')
const Text = z.string().min(1).max(2000)
const Line = z.string().min(1).max(200)

/**
 * Facts about an identity that texts of a hand-over may name as `{blanks}`, beside the answers to the profile’s
 * questions. What is not known yet (a fingerprint before there is a certificate) is written `[…]`.
 */
export const handoverBlanks = [
  'providerName',
  'environmentName',
  'identityName',
  'commonName',
  'subject',
  'keyKind',
  'requestPem',
  'requestKey',
  'certificatePem',
  'fingerprint',
  'serialNumber',
  'validUntil',
  'apiHost',
] as const
export type HandoverBlank = (typeof handoverBlanks)[number]

/**
 * What the app can see by itself. `sent`, `certificate`, `accepted` and `exported` tick a step off; `webhook` (one came in
 * from outside) and `signed` (a certificate was issued for this provider) are told beside it, because neither names the
 * environment.
 */
export const SeenBy = z.enum(['sent', 'certificate', 'accepted', 'exported', 'webhook', 'signed'])
export type SeenBy = z.infer<typeof SeenBy>

/** Where in the app a step is done. */
export const StepRoom = z.enum(['request', 'certificate', 'export', 'test', 'sign', 'server', 'listen', 'door'])
export type StepRoom = z.infer<typeof StepRoom>

/** A text to copy into a message. `{blanks}` are filled in; what stands in `[brackets]` is for the writer to complete. */
export const Message = z.strictObject({ to: Line, subject: Line, body: z.string().min(1).max(4000) })
export type Message = z.infer<typeof Message>

/** A call of the provider’s own interface that does the step. Secrets are blanks, read from the environment. */
export const PreparedRequest = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** At the host of the environment. */
  path: z.string().startsWith('/', 'a path that begins with /').max(500),
  /** Where it is not the environment’s port. */
  port: z.number().int().min(1).max(65535).optional(),
  headers: z.array(z.strictObject({ name: Line, value: z.string().max(1000) })).default([]),
  /** HTTP Basic authentication. */
  basic: z.strictObject({ user: z.string().max(200), password: z.string().max(200).default('') }).optional(),
  body: z.string().max(4000).optional(),
  blanks: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'a lower-case letter, then letters and digits, 40 at most'),
        label: Line,
      }),
    )
    .max(20)
    .default([]),
  says: Text.optional(),
})
export type PreparedRequest = z.infer<typeof PreparedRequest>

export const HandoverStep = z.strictObject({
  id: Id,
  /** What to do, in a few words. */
  title: z.string().min(1).max(120),
  /** How, in sentences. */
  says: Text.optional(),
  direction: z.enum(['you-call', 'calls-you']).default('you-call'),
  /** Of several ways in which the provider calls you, the one that this belongs to: an id under `callsYou`. */
  call: Id.optional(),
  /** Only in these environments; in all of them where absent. */
  environments: z.array(Id).min(1).optional(),
  seen: z.array(SeenBy).max(6).default([]),
  /** What goes along with it, ready to copy. */
  gives: z
    .array(z.enum(['request', 'certificate', 'firewall']))
    .max(3)
    .default([]),
  message: Message.optional(),
  request: PreparedRequest.optional(),
  room: StepRoom.optional(),
  source: SourceKey.optional(),
})
export type HandoverStep = z.infer<typeof HandoverStep>

/** Whom to write to. */
export const Contact = z.strictObject({
  name: Line,
  email: z.email({ error: 'an e-mail address' }).optional(),
  says: Text.optional(),
  source: SourceKey.optional(),
})
export type Contact = z.infer<typeof Contact>

export const HandingOver = z.strictObject({
  contacts: z.array(Contact).max(10).default([]),
  /** In the order of their doing. Without any, the usual ones are made from the rest of the profile. */
  steps: z.array(HandoverStep).max(40).default([]),
})
export type HandingOver = z.infer<typeof HandingOver>
