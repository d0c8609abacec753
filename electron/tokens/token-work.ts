import { basename } from 'node:path'
import type { Problem } from '../../shared/problems.ts'
import type { TokenInfo, TokenName } from '../../shared/tokens/token.ts'
import {
  type Cryptoki,
  LibraryBroken,
  ModuleBroken,
  openCryptoki,
  type RawToken,
  type Session,
  type Slot,
} from './cryptoki.ts'
import { answer, session as sessionFlag, tokenFlag } from './cryptoki-numbers.ts'
import { makeKey, makesOf, signWith } from './token-acts.ts'
import type { TokenJob } from './token-jobs.ts'
import { describeKey, halvesOf, privateKeys } from './token-keys.ts'
import { cannotMakeThat, isRefused, nameOf, pinStateOf, refusalOf, whyForeign } from './token-refusals.ts'

/** A refusal on its way out of the work. */
class Stop extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

/** An open token. The PIN is kept for keys that want it before each signature: octets, overwritten when it is locked. */
type Opened = { session: Session; pin: Buffer | null }

const keyOf = ({ label, serial }: TokenName) => `${serial}\n${label}`
const trimmed = (text: string) => text.replaceAll('\0', ' ').trim()
const nameOfToken = (raw: RawToken): TokenName => ({
  label: trimmed(raw.label).slice(0, 64),
  serial: trimmed(raw.serialNumber).slice(0, 64),
})

/**
 * The work of the process that holds one library of PKCS #11. Its calls block; a library that crashes or hangs takes
 * this process with it and nothing else. PINs stay here, and are in no answer.
 */
export function createTokenWork(): (job: TokenJob) => Promise<unknown> {
  let cryptoki: Cryptoki | undefined
  const opened = new Map<string, Opened>()

  const loaded = (): Cryptoki => {
    if (!cryptoki) throw new Error('no library yet')
    return cryptoki
  }

  function begin(module: string, library: string): null {
    try {
      cryptoki = openCryptoki(module, library)
      return null
    } catch (error) {
      if (error instanceof ModuleBroken) throw new Stop({ code: 'token.module-broken' })
      const name = basename(library)
      if (error instanceof LibraryBroken) {
        throw new Stop({ code: 'token.library-foreign', library: name, built: whyForeign(error) })
      }
      if (isRefused(error)) throw new Stop({ code: 'token.library-refused', library: name, answer: nameOf(error) })
      throw error
    }
  }

  const slots = (): { slot: Slot; raw: RawToken }[] =>
    loaded()
      .slots()
      .flatMap((slot) => {
        try {
          return [{ slot, raw: loaded().token(slot) }]
        } catch {
          return []
        }
      })

  function find(token: TokenName): { slot: Slot; raw: RawToken } {
    const found = slots().find(({ raw }) => keyOf(nameOfToken(raw)) === keyOf(token))
    if (found) return found
    forget(token)
    throw new Stop({ code: 'token.absent', token: token.label })
  }

  const describe = ({ slot, raw }: { slot: Slot; raw: RawToken }): TokenInfo => {
    const name = nameOfToken(raw)
    return {
      ...name,
      slot: slot.readUInt32LE(0).toString(),
      maker: trimmed(raw.manufacturerID),
      model: trimmed(raw.model),
      initialised: (raw.flags & tokenFlag.initialised) !== 0,
      readOnly: (raw.flags & tokenFlag.writeProtected) !== 0,
      pin: pinStateOf(raw.flags),
      pinLength: { least: raw.minPinLen, most: raw.maxPinLen },
      pinPad: (raw.flags & tokenFlag.pinPad) !== 0,
      needsPin: (raw.flags & tokenFlag.loginRequired) !== 0,
      unlocked: opened.has(keyOf(name)),
      makes: makesOf(loaded(), slot),
    }
  }

  function openSession({ slot, raw }: { slot: Slot; raw: RawToken }): Session {
    const readOnly = (raw.flags & tokenFlag.writeProtected) !== 0
    return loaded().open(slot, sessionFlag.serial | (readOnly ? 0 : sessionFlag.readWrite))
  }

  function unlock(token: TokenName, pin: string | null): TokenInfo {
    const found = find(token)
    if (opened.has(keyOf(token))) return describe(found)
    const state = pinStateOf(found.raw.flags)
    if (state === 'blocked') throw new Stop({ code: 'token.pin-blocked', token: token.label })
    if (state === 'not-set') throw new Stop({ code: 'token.pin-not-set', token: token.label })
    const { minPinLen: least, maxPinLen: most } = found.raw
    const octets = pin === null ? null : Buffer.byteLength(pin)
    if (octets !== null && most > 0 && (octets < least || octets > most)) {
      throw new Stop({ code: 'token.pin-length', token: token.label, least, most })
    }
    const session = openSession(found)
    try {
      loaded().login(session, pin)
    } catch (error) {
      if (!isRefused(error) || error.code !== answer.userAlreadyLoggedIn) {
        loaded().close(session)
        throw isRefused(error)
          ? new Stop(wrongPin(token, found.raw, error.code) ?? refusalOf(error, token.label, 'looking'))
          : error
      }
    }
    opened.set(keyOf(token), { session, pin: pin === null ? null : Buffer.from(pin, 'utf8') })
    return describe(find(token))
  }

  /** The flags are read anew: they tell how many tries this one has left. */
  function wrongPin({ label, serial }: TokenName, before: RawToken, code: number): Problem | undefined {
    if (code === answer.pinLength) {
      return { code: 'token.pin-length', token: label, least: before.minPinLen, most: before.maxPinLen }
    }
    if (code !== answer.pinIncorrect && code !== answer.pinInvalid) return undefined
    const now = slots().find(({ raw }) => keyOf(nameOfToken(raw)) === keyOf({ label, serial }))
    return { code: 'token.pin-wrong', token: label, pin: pinStateOf(now?.raw.flags ?? before.flags) }
  }

  function forget(token: TokenName) {
    const open = opened.get(keyOf(token))
    opened.delete(keyOf(token))
    open?.pin?.fill(0)
    if (!open) return
    try {
      loaded().logout(open.session)
    } catch {
      // It was unplugged, or had locked itself.
    }
    try {
      loaded().close(open.session)
    } catch {
      // The same.
    }
  }

  /** Works in a token that is open; one that asks for no PIN is opened for it. */
  function within<T>(
    token: TokenName,
    doing: 'looking' | 'making' | 'signing',
    work: (slot: Slot, open: Opened) => T,
  ): T {
    const found = find(token)
    let open = opened.get(keyOf(token))
    if (!open) {
      if (found.raw.flags & tokenFlag.loginRequired) throw new Stop({ code: 'token.pin-needed', token: token.label })
      open = { session: openSession(found), pin: null }
      opened.set(keyOf(token), open)
    }
    try {
      return work(found.slot, open)
    } catch (error) {
      if (!isRefused(error)) throw error
      const problem = refusalOf(error, token.label, doing)
      if (problem.code === 'token.absent' || problem.code === 'token.pin-needed') forget(token)
      throw new Stop(problem)
    }
  }

  function perform(job: TokenJob): unknown {
    switch (job.call) {
      case 'begin':
        return begin(job.module, job.library)
      case 'tokens':
        return slots().map(describe)
      case 'unlock':
        return unlock(job.token, job.pin)
      case 'lock':
        forget(job.token)
        return describe(find(job.token))
      case 'keys':
        return within(job.token, 'looking', (_, { session }) =>
          privateKeys(loaded(), session)
            .map((key) => describeKey(loaded(), session, key))
            .filter(({ keyId }) => keyId !== ''),
        )
      case 'make':
        return within(job.token, 'making', (_, { session }) => {
          try {
            return makeKey(loaded(), session, job.key, job.label)
          } catch (error) {
            if (!isRefused(error) || !cannotMakeThat(error)) throw error
            throw new Stop({ code: 'token.cannot-make', token: job.token.label, key: job.key })
          }
        })
      case 'unmake':
        return within(job.token, 'making', (_, { session }) => {
          for (const half of halvesOf(loaded(), session, Buffer.from(job.keyId, 'hex'))) loaded().destroy(session, half)
          return null
        })
      case 'sign':
        return within(job.token, 'signing', (slot, { session, pin }) => {
          const key = privateKeys(loaded(), session, Buffer.from(job.keyId, 'hex'))[0]
          if (!key) throw new Stop({ code: 'token.key-lost', token: job.token.label, keyId: job.keyId })
          const again = describeKey(loaded(), session, key).pinEachTime ? (pin?.toString('utf8') ?? null) : undefined
          return signWith(loaded(), { slot, session, pin: again }, key, job.key, job.part)
        })
    }
  }

  return async (job) => {
    try {
      return { id: job.id, value: perform(job) }
    } catch (error) {
      if (error instanceof Stop) return { id: job.id, problem: error.problem }
      const token = 'token' in job ? job.token.label : ''
      if (isRefused(error)) return { id: job.id, problem: refusalOf(error, token, 'looking') }
      throw error
    }
  }
}
