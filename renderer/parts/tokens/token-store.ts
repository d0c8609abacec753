import { create } from 'zustand'
import type { Output } from '../../../shared/contract.ts'
import type { Problem } from '../../../shared/problems.ts'
import type { LibraryId, TokenInfo, TokenLibrary, TokenName } from '../../../shared/tokens/token.ts'
import { desk } from '../../desk.ts'

export type KeyInToken = Output<'listTokenKeys'>['keys'][number]
/** A token with the library that it is reached by. */
export type ShownToken = { library: TokenLibrary; token: TokenInfo }

type TokensState = {
  /** `null` before the first look. */
  installed: boolean | null
  libraries: TokenLibrary[]
  /** What each library has, or why that cannot be said. */
  found: Record<LibraryId, { tokens: TokenInfo[]; problem: Problem | null }>
  looking: boolean
  problem: Problem | null
}

export const useTokens = create<TokensState>(() => ({
  installed: null,
  libraries: [],
  found: {},
  looking: false,
  problem: null,
}))

/** Labels are changed and given twice: a token is known by both. */
export const nameOf = ({ label, serial }: TokenName): TokenName => ({ label, serial })
export const sameToken = (a: TokenName, b: TokenName): boolean => a.label === b.label && a.serial === b.serial

/** Asks every library for its tokens, each by itself: one that hangs holds up no other. */
export async function lookForTokens(): Promise<void> {
  useTokens.setState({ looking: true, problem: null })
  const listed = await desk.listTokenLibraries({})
  if (!listed.ok) return useTokens.setState({ looking: false, problem: listed.problem })
  const { installed, libraries } = listed.value
  useTokens.setState({ installed, libraries })
  if (installed) await Promise.all(libraries.map(({ id }) => lookIn(id)))
  useTokens.setState({ looking: false })
}

async function lookIn(library: LibraryId): Promise<void> {
  const listed = await desk.listTokens({ library })
  const found = listed.ok ? { tokens: listed.value.tokens, problem: null } : { tokens: [], problem: listed.problem }
  useTokens.setState((now) => ({ found: { ...now.found, [library]: found } }))
}

/** `null` when it is done, or why it is not. */
export async function unlockToken(library: LibraryId, token: TokenName, pin: string | null): Promise<Problem | null> {
  const done = await desk.unlockToken({ library, token: nameOf(token), pin })
  // A wrong PIN leaves its mark on the token: what it says of itself is read anew.
  await lookIn(library)
  return done.ok ? null : done.problem
}

export async function lockToken(library: LibraryId, token: TokenName): Promise<void> {
  await desk.lockToken({ library, token: nameOf(token) })
  await lookIn(library)
}

export async function chooseLibrary(): Promise<void> {
  useTokens.setState({ problem: null })
  const done = await desk.chooseTokenLibrary({})
  if (!done.ok) return useTokens.setState({ problem: done.problem })
  if (done.value.library) await lookForTokens()
}

export async function forgetLibrary(library: LibraryId): Promise<void> {
  await desk.forgetTokenLibrary({ library })
  await lookForTokens()
}

/** Tokens that are set up, in the order of their names. */
export function shownTokens({ libraries, found }: Pick<TokensState, 'libraries' | 'found'>): ShownToken[] {
  const all = libraries.flatMap((library) =>
    (found[library.id]?.tokens ?? []).filter(({ initialised }) => initialised).map((token) => ({ library, token })),
  )
  return all.sort((a, b) => a.token.label.localeCompare(b.token.label))
}

/** Follows tokens that are locked from elsewhere; answers how to stop. */
export const followTokens = (): (() => void) =>
  desk.onNews((news) => {
    if (news.kind === 'tokens-changed') void lookForTokens()
  })
