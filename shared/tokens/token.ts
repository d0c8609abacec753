import { z } from 'zod'
import { KeyAlgorithm } from '../pki/key-plan.ts'

/** A library as the page names it: SHA-256 over its path, shortened. The page never names a file to load. */
export const LibraryId = z.string().regex(/^[0-9a-f]{16}$/)
export type LibraryId = z.infer<typeof LibraryId>

export const TokenLibrary = z.strictObject({
  id: LibraryId,
  /** What people call it, such as `SoftHSM 2`; the file’s name where nobody knows. */
  name: z.string(),
  path: z.string(),
  /** `chosen`: in the system’s file dialog, and remembered. */
  from: z.enum(['system', 'chosen']),
})
export type TokenLibrary = z.infer<typeof TokenLibrary>

/** CKA_ID in hex. */
export const KeyId = z.string().regex(/^([0-9a-f]{2}){1,64}$/)

/** What a token calls itself. Labels can be changed and given twice, serial numbers are not always there. */
export const TokenName = z.strictObject({ label: z.string().max(64), serial: z.string().max(64) })
export type TokenName = z.infer<typeof TokenName>

/** How far the tries for the PIN are used up, as far as the token says: PKCS #11 has flags for it, and no number. */
export const PinState = z.enum(['fine', 'few-left', 'one-left', 'blocked', 'not-set'])
export type PinState = z.infer<typeof PinState>

export const TokenInfo = TokenName.extend({
  slot: z.string(),
  maker: z.string(),
  model: z.string(),
  /** False for a token without a label and PIN of its own yet: it is set up with its maker’s program. */
  initialised: z.boolean(),
  readOnly: z.boolean(),
  pin: PinState,
  pinLength: z.strictObject({ least: z.number().int(), most: z.number().int() }),
  /** The PIN is typed on the reader itself, not here. */
  pinPad: z.boolean(),
  /** A token that shows all it has without a PIN. */
  needsPin: z.boolean(),
  unlocked: z.boolean(),
  /** The keys it can make. */
  makes: z.array(KeyAlgorithm),
})
export type TokenInfo = z.infer<typeof TokenInfo>

export const TokenKey = z.strictObject({
  keyId: KeyId,
  label: z.string(),
  /** Absent for a key that the app cannot sign with. */
  key: KeyAlgorithm.optional(),
  /** Its kind in words, such as `RSA 1024`. */
  kind: z.string(),
  spkiSha256: z.string().optional(),
  /** Made in the token, never to leave it. A key that was brought in has been elsewhere. */
  neverLeft: z.boolean(),
  extractable: z.boolean(),
  /** The token asks for the PIN before each signature. */
  pinEachTime: z.boolean(),
})
export type TokenKey = z.infer<typeof TokenKey>

/** Which token; with `keyId` a key that is in it already, otherwise one that is to be made there. */
export const TokenChoice = z.strictObject({ library: LibraryId, token: TokenName, keyId: KeyId.optional() })
export type TokenChoice = z.infer<typeof TokenChoice>

/** Where a key in a token is found again. Records of old have no serial number. */
export const TokenPlace = z.strictObject({
  at: z.literal('token'),
  library: z.string().max(4096),
  token: z.string().max(64),
  serial: z.string().max(64).optional(),
  keyId: KeyId,
})
export type TokenPlace = z.infer<typeof TokenPlace>
