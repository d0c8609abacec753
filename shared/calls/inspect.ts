import { z } from 'zod'
import {
  Comparison,
  InspectionPart,
  InspectionToken,
  ObjectId,
  ObjectRef,
  OpenedObject,
  PathRoots,
  PathVerdict,
  Purpose,
  Structure,
} from '../pki/inspect-calls.ts'
import { contentUpTo, Nothing, PastedText, Path, Work } from './inputs.ts'

/** What to look at. `address`: `host:port` or an https address, for the certificates that a server sends. */
export const InspectionSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('choose') }),
  z.strictObject({ from: z.literal('paths'), paths: z.array(Path).min(1).max(2000) }),
  z.strictObject({ from: z.literal('contents'), files: z.array(contentUpTo(64)).min(1).max(200) }),
  z.strictObject({ from: z.literal('text'), text: PastedText }),
  z.strictObject({ from: z.literal('clipboard') }),
  z.strictObject({ from: z.literal('address'), address: z.string().min(1).max(2048) }),
  /** Files that the desktop opened with the app; main knows them by a name that works once. */
  z.strictObject({ from: z.literal('opened'), opened: InspectionToken }),
  /** Opens what is locked in an inspection. */
  z.strictObject({ from: z.literal('unlock'), unlock: InspectionToken, passphrase: z.string().max(1024) }),
])
export type InspectionSource = z.infer<typeof InspectionSource>

/** The inspector. */
export const inspectCalls = {
  /**
   * The first part of what is found, once there are up to 500 rows. `null` when the dialog was closed. Cancelling the
   * work ends the list where it is. Unlocking answers the first part anew, or `key.passphrase-wrong`.
   */
  startInspection: {
    input: z.strictObject({ work: Work, source: InspectionSource }),
    output: z.strictObject({ inspection: InspectionPart.nullable() }),
  },
  /** The next part, from the number of rows that the page has. */
  moreRows: {
    input: z.strictObject({ inspection: InspectionToken, from: z.number().int().min(0).max(1_000_000) }),
    output: InspectionPart,
  },
  /** With a profile, `judgement` says what its provider would make of it. */
  openObject: {
    input: z.strictObject({
      inspection: InspectionToken,
      object: ObjectId,
      profile: z.strictObject({ provider: z.string().max(40), environment: z.string().max(40) }).optional(),
    }),
    output: OpenedObject,
  },
  /** Refused for whatever holds a private key that is not encrypted. */
  objectStructure: { input: z.strictObject({ inspection: InspectionToken, object: ObjectId }), output: Structure },
  compareObjects: { input: z.strictObject({ a: ObjectRef, b: ObjectRef }), output: Comparison },
  /** `inspection`: whose certificates may stand between, for an object that is not of it. `at`: now when absent. */
  checkTrust: {
    input: z.strictObject({
      object: ObjectRef,
      purpose: Purpose,
      host: z.string().max(253).optional(),
      at: z.iso.datetime().optional(),
      roots: PathRoots,
      inspection: InspectionToken.optional(),
    }),
    output: PathVerdict,
  },
  /** As it was found, byte for byte; what holds a private key for its owner alone to read. */
  saveObject: {
    input: z.strictObject({ inspection: InspectionToken, object: ObjectId, format: z.enum(['pem', 'der']) }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  saveRepaired: {
    input: z.strictObject({ inspection: InspectionToken, object: ObjectId }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  /** Forgets what was dropped. */
  closeInspection: { input: z.strictObject({ inspection: InspectionToken }), output: Nothing },
  /** Something may be dropped soon: what reads it takes some 200 ms to start. */
  warmReader: { input: Nothing, output: Nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
