import { z } from 'zod'
import { TokenInfo, TokenKey } from '../../shared/tokens/token.ts'
import { ProblemOut } from './output.ts'

/** What `token list` prints with `--json`: each library with what is plugged in, or why that cannot be said. */
export const TokenListOut = z.array(
  z.strictObject({
    library: z.string(),
    name: z.string(),
    tokens: z.array(TokenInfo),
    problem: ProblemOut.optional(),
  }),
)

/** `token keys`. */
export const TokenKeysOut = z.strictObject({
  library: z.string(),
  token: z.string(),
  serial: z.string(),
  /** `uri` names the key for OpenSSL, curl, and `countersign test --key` (RFC 7512). */
  keys: z.array(TokenKey.extend({ uri: z.string() })),
})
