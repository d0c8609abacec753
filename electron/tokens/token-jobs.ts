import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import type { Problem } from '../../shared/problems.ts'
import type { TokenInfo, TokenKey, TokenName } from '../../shared/tokens/token.ts'

/** A key as the token tells of it, with its public half where there is one. */
export type FoundKey = TokenKey & { spki?: Uint8Array }

/** What the process that holds a library is asked. It knows one library, named in its first job. */
export type TokenTasks = {
  begin: { asks: { module: string; library: string }; answers: null }
  tokens: { asks: Record<never, never>; answers: TokenInfo[] }
  /** `pin: null`: it is typed on the reader. */
  unlock: { asks: { token: TokenName; pin: string | null }; answers: TokenInfo }
  lock: { asks: { token: TokenName }; answers: TokenInfo }
  keys: { asks: { token: TokenName }; answers: FoundKey[] }
  make: { asks: { token: TokenName; key: KeyAlgorithm; label: string }; answers: FoundKey }
  /** Deletes both halves of a key. */
  unmake: { asks: { token: TokenName; keyId: string }; answers: null }
  /** Hashes and signs; ECDSA comes as r and s side by side. */
  sign: { asks: { token: TokenName; keyId: string; key: KeyAlgorithm; part: Uint8Array }; answers: Uint8Array }
}
export type TokenCall = keyof TokenTasks
export type TokenTask = { [C in TokenCall]: { call: C } & TokenTasks[C]['asks'] }[TokenCall]

export type TokenJob = TokenTask & { id: number }

/** `up` comes once, ahead of everything. */
export type TokenReport = { up: true } | { id: number; value: unknown } | { id: number; problem: Problem }
