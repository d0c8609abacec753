import { z } from 'zod'
import { Handle, IdentityDetail, IdentitySummary, Note, RenewalTicks, Tag } from '../identity.ts'
import { importCalls } from './imports.ts'

const Handles = z.array(Handle).min(1).max(5000)
const Day = z.iso.date()
const Count = z.number().int().min(0)

/** A step that only a person can tick; null takes the tick back. */
const Tick = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('sent'), sent: RenewalTicks.shape.sent.unwrap().nullable() }),
  z.strictObject({ step: z.literal('switched'), on: Day.nullable() }),
  z.strictObject({ step: z.literal('retired'), on: Day.nullable() }),
])
export type Tick = z.infer<typeof Tick>

/** Renewals, and lists of hundreds: tags, notes, the bin. */
export const renewalCalls = {
  ...importCalls,

  /** `identity` is the new one. Retiring marks the old one, and takes it off the practice provider's register. */
  tickRenewal: { input: z.strictObject({ identity: Handle, tick: Tick }), output: IdentityDetail },

  noteIdentity: { input: z.strictObject({ identity: Handle, note: Note }), output: IdentityDetail },
  /** Adds and takes away tags of many at once; `changed` counts those that are different now. */
  tagIdentities: {
    input: z.strictObject({ identities: Handles, add: z.array(Tag).max(20), remove: z.array(Tag).max(100) }),
    output: z.strictObject({ changed: Count }),
  },

  /** Into the bin, like `removeIdentity`. */
  removeIdentities: { input: z.strictObject({ identities: Handles }), output: z.strictObject({ removed: Count }) },
  listBin: {
    input: z.strictObject({}),
    output: z.strictObject({
      /** How long something stays in the bin. */
      days: Count,
      entries: z.array(
        z.strictObject({ identity: IdentitySummary, removedAt: z.iso.datetime(), daysLeft: z.number().int() }),
      ),
    }),
  },
  restoreIdentities: { input: z.strictObject({ identities: Handles }), output: z.strictObject({ restored: Count }) },
  /** Out of the bin, for good. */
  eraseIdentities: { input: z.strictObject({ identities: Handles }), output: z.strictObject({ erased: Count }) },

  /**
   * `folder` is null when the dialog was closed; `without` names those that have no certificate yet, `inToken` those
   * of which no bundle can be made, because their key stays in its token.
   */
  exportIdentities: {
    input: z.strictObject({
      work: z.string().regex(/^[a-z0-9-]{1,40}$/),
      identities: Handles,
      wish: z.strictObject({
        certificates: z.boolean(),
        requests: z.boolean(),
        chains: z.boolean(),
        bundles: z
          .strictObject({ passphrase: z.string().min(1).max(1024), readers: z.enum(['modern', 'older']) })
          .nullable(),
      }),
    }),
    output: z.strictObject({
      folder: z.string().nullable(),
      files: Count,
      without: z.array(z.string()),
      inToken: z.array(z.string()),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
