import { keyLabel } from '../../shared/pki/key-labels.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import type { SigningKey } from '../../shared/pki/signing-key.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { TokenChoice, TokenPlace } from '../../shared/tokens/token.ts'
import type { FoundKey } from './token-jobs.ts'
import type { TokenLibraries } from './token-libraries.ts'
import type { Tokens } from './tokens.ts'

export type TokenMeans = { tokens(): Promise<Tokens>; tokenLibraries: Pick<TokenLibraries, 'find' | 'allows'> }

/** A refusal of a token on its way through code that only knows signatures. */
class TokenRefused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

/** What is signed in a token may be refused there: its refusal comes back as one. */
export async function withToken<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof TokenRefused) return refuse(error.problem)
    throw error
  }
}

/** The way to a token's signature; to be used within `withToken`. */
export const signIn = (tokens: Tokens, place: TokenPlace, key: KeyAlgorithm) => async (part: Uint8Array) => {
  const signed = await tokens.sign(place, key, part)
  if (!signed.ok) throw new TokenRefused(signed.problem)
  return signed.value
}

export type KeyInPlace = { place: TokenPlace; signer: SigningKey; spki: Uint8Array }

/** A key to sign with, and where it is: one that is in the token already, or one that is made there now. */
export async function tokenKey(
  means: TokenMeans,
  choice: TokenChoice,
  key: KeyAlgorithm,
  label: string,
): Promise<Result<KeyInPlace>> {
  const [tokens, found] = [await means.tokens(), await means.tokenLibraries.find(choice.library)]
  return found.ok
    ? tokenKeyAt(tokens, { library: found.value.path, token: choice.token, keyId: choice.keyId }, key, label)
    : found
}

/** The same with the library named by its path. */
export async function tokenKeyAt(
  tokens: Tokens,
  { library: path, token, keyId }: { library: string; token: TokenChoice['token']; keyId: string | undefined },
  key: KeyAlgorithm,
  label: string,
): Promise<Result<KeyInPlace>> {
  const chosen =
    keyId === undefined ? await tokens.make(path, token, key, label) : await existing(tokens, path, token, keyId)
  if (!chosen.ok) return chosen
  const { spki } = chosen.value
  if (!spki || chosen.value.key !== key) {
    return refuse({ code: 'token.key-unfit', token: token.label, kind: chosen.value.kind, wanted: keyLabel[key] })
  }
  const place: TokenPlace = {
    at: 'token',
    library: path,
    token: token.label,
    serial: token.serial,
    keyId: chosen.value.keyId,
  }
  return ok({ place, signer: { key, spki, sign: signIn(tokens, place, key) }, spki })
}

async function existing(
  tokens: Tokens,
  path: string,
  token: TokenChoice['token'],
  keyId: string,
): Promise<Result<FoundKey>> {
  const listed = await tokens.keys(path, token)
  if (!listed.ok) return listed
  const found = listed.value.find((one) => one.keyId === keyId)
  return found ? ok(found) : refuse({ code: 'token.key-lost', token: token.label, keyId })
}
