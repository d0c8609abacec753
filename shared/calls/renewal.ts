import { z } from 'zod'
import { Handle, IdentityDetail, Note, RenewalTicks, Tag } from '../identity.ts'

const Handles = z.array(Handle).min(1).max(5000)
const Day = z.iso.date()

/** A step that only a person can tick; null takes the tick back. */
const Tick = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('sent'), sent: RenewalTicks.shape.sent.unwrap().nullable() }),
  z.strictObject({ step: z.literal('switched'), on: Day.nullable() }),
  z.strictObject({ step: z.literal('retired'), on: Day.nullable() }),
])
export type Tick = z.infer<typeof Tick>

/** Renewals, and lists of hundreds: tags, notes, the bin. */
export const renewalCalls = {
  /** `identity` is the new one. Retiring marks the old one, and takes it off the practice provider's register. */
  tickRenewal: { input: z.strictObject({ identity: Handle, tick: Tick }), output: IdentityDetail },

  noteIdentity: { input: z.strictObject({ identity: Handle, note: Note }), output: IdentityDetail },
  /** Adds and takes away tags of many at once; `changed` counts those that are different now. */
  tagIdentities: {
    input: z.strictObject({ identities: Handles, add: z.array(Tag).max(20), remove: z.array(Tag).max(100) }),
    output: z.strictObject({ changed: z.number().int() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
