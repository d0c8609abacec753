import { resolve } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { TokenInfo } from '../../shared/tokens/token.ts'
import { tokenHostHere } from '../tokens/host-here.ts'
import { librariesHere } from '../tokens/known-libraries.ts'
import { createTokens, type Tokens } from '../tokens/tokens.ts'
import { type Arguments, type Option, usageProblem } from './args.ts'
import type { Io } from './io.ts'
import { passphrasesGiven } from './passphrase.ts'

export const tokenOptions = {
  library: { takes: 'FILE', says: 'the token’s library (PKCS #11); those that are found on this computer otherwise' },
  token: { takes: 'NAME', says: 'the token, by its label' },
  'pin-file': { takes: 'FILE', says: 'first line of FILE is the PIN; asked for on a terminal otherwise' },
} satisfies Record<string, Option>

export type OpenToken = { tokens: Tokens; library: string; token: TokenInfo }

/** The libraries to look with: the one that is named, or those that are known here. */
export const librariesGiven = async (args: Arguments): Promise<string[]> => {
  const named = args.one('library')
  return named === undefined ? (await librariesHere()).map(({ path }) => path) : [resolve(named)]
}

/** Runs work with libraries of tokens, and ends their processes after it. */
export async function withTokens<T>(work: (tokens: Tokens) => Promise<T>): Promise<T> {
  const tokens = createTokens(await tokenHostHere())
  try {
    return await work(tokens)
  } finally {
    tokens.lockAll()
  }
}

/** Finds the token and unlocks it; more than one of a name have to be told apart by `--library`. */
export async function tokenGiven(args: Arguments, io: Io, tokens: Tokens): Promise<Result<OpenToken>> {
  const label = args.one('token')
  if (label === undefined) return usageProblem('Say --token NAME; `countersign token list` shows what is plugged in')
  const libraries = await librariesGiven(args)
  const found: OpenToken[] = []
  let last: Result<TokenInfo[]> | undefined
  for (const library of libraries) {
    const listed = await tokens.list(library)
    if (!listed.ok) last = listed
    else found.push(...listed.value.filter((one) => one.label === label).map((token) => ({ tokens, library, token })))
  }
  const [first, second] = found
  if (!first) return last && !last.ok ? last : refuse({ code: 'token.absent', token: label })
  if (second) return usageProblem(`There are ${found.length} tokens of the name “${label}”: say --library`)
  return unlockGiven(args, io, first)
}

/** Unlocks with the PIN of `--pin-file`, or one that is typed; a wrong one is not tried again by itself. */
export async function unlockGiven(args: Arguments, io: Io, open: OpenToken): Promise<Result<OpenToken>> {
  const { tokens, library, token } = open
  if (token.unlocked || !token.needsPin) return ok(open)
  const given = await passphrasesGiven(args, 'pin-file')
  if (!given.ok) return given
  let pin: string | null = given.value[0] ?? null
  if (pin === null && !token.pinPad) {
    if (!io.interactive) return usageProblem(`The token “${token.label}” wants its PIN: say --pin-file FILE`)
    pin = await io.ask(`PIN of ${token.label}`)
    if (pin === null) return refuse({ code: 'app.cancelled' })
  }
  if (token.pinPad) io.note('Type the PIN on the token’s own reader.')
  const unlocked = await tokens.unlock(library, { label: token.label, serial: token.serial }, token.pinPad ? null : pin)
  return unlocked.ok ? ok({ ...open, token: unlocked.value }) : unlocked
}
