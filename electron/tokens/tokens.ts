import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import type { Bytes } from '../../shared/pki/der.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { TokenInfo, TokenName, TokenPlace } from '../../shared/tokens/token.ts'
import type { TokenHost } from './token-host.ts'
import type { FoundKey, TokenCall, TokenTasks } from './token-jobs.ts'
import { createTokenLine, type TokenLine } from './token-line.ts'

/** Keys in tokens. A library is named by its path, and runs in a process of its own until the tokens are locked. */
export type Tokens = {
  /** Whether the optional part that speaks PKCS #11 is installed. */
  installed(): boolean
  /** `anew`: tokens that were plugged in or set up since are seen, where nothing is unlocked. */
  list(library: string, anew?: boolean): Promise<Result<TokenInfo[]>>
  /** `pin: null` where it is typed on the reader. The PIN is not kept here. */
  unlock(library: string, token: TokenName, pin: string | null): Promise<Result<TokenInfo>>
  lock(library: string, token: TokenName): Promise<Result<TokenInfo>>
  keys(library: string, token: TokenName): Promise<Result<FoundKey[]>>
  make(library: string, token: TokenName, key: KeyAlgorithm, label: string): Promise<Result<FoundKey>>
  /** Deletes a key that was made for something that did not come about. */
  unmake(place: TokenPlace): Promise<Result<null>>
  /** A signature as WebCrypto gives it: see `shared/pki/signing-key.ts`. */
  sign(place: TokenPlace, key: KeyAlgorithm, part: Bytes): Promise<Result<Bytes>>
  /** Locks whatever is unlocked, and ends the processes. True when something was unlocked. */
  lockAll(): boolean
}

/** Where `pkcs11js` is; `null` where it is not installed. */
export function pkcs11Module(): string | null {
  try {
    return createRequire(import.meta.url).resolve('pkcs11js')
  } catch {
    return null
  }
}

// A token may wait for a touch or its PIN pad; a smart card takes minutes for a large RSA key.
const lookMs = 20_000
const pinMs = 90_000
const makeMs = 5 * 60_000
const signMs = 60_000

export function createTokens(host: TokenHost, module = pkcs11Module): Tokens {
  const lines = new Map<string, TokenLine>()
  const unlocked = new Set<string>()

  const drop = (library: string) => {
    lines.get(library)?.stop()
    lines.delete(library)
    unlocked.delete(library)
  }

  async function ask<C extends TokenCall>(
    library: string,
    call: C,
    asks: TokenTasks[C]['asks'],
    limitMs: number,
  ): Promise<Result<TokenTasks[C]['answers']>> {
    const path = module()
    if (path === null) return refuse({ code: 'token.no-module' })
    let line = lines.get(library)
    if (!line) {
      const there = await access(library).then(
        () => true,
        () => false,
      )
      if (!there) return refuse({ code: 'token.library-lost', library: basename(library) })
      line = lines.get(library) ?? createTokenLine(host, path, library)
      lines.set(library, line)
    }
    return line.ask(call, asks, limitMs)
  }

  /** Records that came from elsewhere may name a token without its serial number. */
  async function named({ library, token, serial }: TokenPlace): Promise<Result<TokenName>> {
    if (serial !== undefined) return ok({ label: token, serial })
    const listed = await ask(library, 'tokens', {}, lookMs)
    if (!listed.ok) return listed
    const found = listed.value.find(({ label }) => label === token)
    return found ? ok({ label: token, serial: found.serial }) : refuse({ code: 'token.absent', token })
  }

  return {
    installed: () => module() !== null,
    async list(library, anew = false) {
      if (anew && !unlocked.has(library)) drop(library)
      return ask(library, 'tokens', {}, lookMs)
    },
    async unlock(library, token, pin) {
      const done = await ask(library, 'unlock', { token, pin }, pinMs)
      if (done.ok) unlocked.add(library)
      return done
    },
    lock: (library, token) => ask(library, 'lock', { token }, lookMs),
    keys: (library, token) => ask(library, 'keys', { token }, lookMs),
    make: (library, token, key, label) => ask(library, 'make', { token, key, label }, makeMs),
    async unmake(place) {
      const token = await named(place)
      if (!token.ok) return token
      return ask(place.library, 'unmake', { token: token.value, keyId: place.keyId }, lookMs)
    },
    async sign(place, key, part) {
      const token = await named(place)
      if (!token.ok) return token
      return ask(place.library, 'sign', { token: token.value, keyId: place.keyId, key, part }, signMs)
    },
    lockAll() {
      const some = unlocked.size > 0
      for (const library of [...lines.keys()]) drop(library)
      return some
    },
  }
}
