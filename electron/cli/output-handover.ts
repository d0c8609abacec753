import { z } from 'zod'

const Firewall = z.strictObject({ list: z.string(), iptables: z.string(), nftables: z.string(), aws: z.string() })

/** One step of the hand-over with everything that goes along with it. */
export const HandoverStepOut = z.strictObject({
  id: z.string(),
  direction: z.enum(['you-call', 'calls-you']),
  title: z.string(),
  /** `next` is the first open one of its direction. */
  state: z.enum(['done', 'next', 'open', 'skipped']),
  /** ISO, a day or a moment. */
  on: z.string().optional(),
  to: z.string().optional(),
  /** The app saw it itself; else it was ticked by hand. */
  seen: z.boolean(),
  says: z.string().optional(),
  /** A text to send. What stands in `[brackets]` is to be completed. */
  message: z.strictObject({ to: z.string(), subject: z.string(), body: z.string() }).optional(),
  /** A call of the provider’s interface; secrets are read from the variables. */
  request: z
    .strictObject({
      method: z.string(),
      url: z.string(),
      headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
      body: z.string().optional(),
      curl: z.string(),
      variables: z.array(z.strictObject({ name: z.string(), label: z.string() })),
      says: z.string().optional(),
    })
    .optional(),
  firewall: Firewall.optional(),
  page: z.string().optional(),
})

/** What `handover --json` prints. */
export const HandoverOut = z.strictObject({
  name: z.string(),
  provider: z.string(),
  environment: z.string(),
  done: z.number(),
  /** Steps that are needed. */
  of: z.number(),
  next: z.string().nullable(),
  steps: z.array(HandoverStepOut),
  contacts: z.array(z.strictObject({ name: z.string(), email: z.string().optional(), says: z.string().optional() })),
  /** The onboarding sheet, and where it was written. */
  markdown: z.string(),
  files: z.array(z.string()),
})
