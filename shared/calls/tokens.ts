import { z } from 'zod'
import { LibraryId, TokenInfo, TokenKey, TokenLibrary, TokenName } from '../tokens/token.ts'

const Token = z.strictObject({ library: LibraryId, token: TokenName })

/** Keys that live in a PKCS #11 token. */
export const tokenCalls = {
  /** `installed`: the optional part that speaks to tokens is there. */
  listTokenLibraries: {
    input: z.strictObject({}),
    output: z.strictObject({ installed: z.boolean(), libraries: z.array(TokenLibrary) }),
  },
  /** The system's file dialog; `null` when it was closed. What is chosen is loaded once, to see that it is one. */
  chooseTokenLibrary: { input: z.strictObject({}), output: z.strictObject({ library: TokenLibrary.nullable() }) },
  forgetTokenLibrary: { input: z.strictObject({ library: LibraryId }), output: z.strictObject({}) },
  listTokens: { input: z.strictObject({ library: LibraryId }), output: z.strictObject({ tokens: z.array(TokenInfo) }) },
  /** `pin: null` where it is typed on the reader. It is used at once, and not stored. */
  unlockToken: { input: Token.extend({ pin: z.string().min(1).max(256).nullable() }), output: TokenInfo },
  lockToken: { input: Token, output: TokenInfo },
  /** Of an unlocked token. `usedBy`: identities and authorities of this vault that use the key. */
  listTokenKeys: {
    input: Token,
    output: z.strictObject({ keys: z.array(TokenKey.extend({ usedBy: z.array(z.string()) })) }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
