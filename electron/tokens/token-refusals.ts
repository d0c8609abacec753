import type { Problem } from '../../shared/problems.ts'
import type { PinState } from '../../shared/tokens/token.ts'
import { type LibraryBroken, Refused } from './cryptoki.ts'
import { answer, tokenFlag } from './cryptoki-numbers.ts'

/** How far the tries are used up, by the flags of the token. */
export function pinStateOf(flags: number): PinState {
  if (flags & tokenFlag.pinLocked) return 'blocked'
  if (!(flags & tokenFlag.pinSet)) return 'not-set'
  if (flags & tokenFlag.pinFinalTry) return 'one-left'
  return flags & tokenFlag.pinCountLow ? 'few-left' : 'fine'
}

const gone: number[] = [answer.deviceRemoved, answer.tokenNotPresent, answer.tokenNotRecognised]
const cannotMake: number[] = [
  answer.mechanismInvalid,
  answer.mechanismParamInvalid,
  answer.keySizeRange,
  answer.curveNotSupported,
  answer.templateInconsistent,
  answer.templateIncomplete,
]
const cannotSign: number[] = [answer.mechanismInvalid, answer.keyFunctionNotPermitted, answer.functionNotSupported]
const locksOut: number[] = [answer.sessionReadOnly, answer.tokenWriteProtected]

/** A library's answer as a problem; `doing` tells what the same answer means. */
export function refusalOf(error: Refused, token: string, doing: 'looking' | 'making' | 'signing'): Problem {
  const { code } = error
  if (gone.includes(code)) return { code: 'token.absent', token }
  if (code === answer.userNotLoggedIn) return { code: 'token.pin-needed', token }
  if (code === answer.pinLocked) return { code: 'token.pin-blocked', token }
  if (code === answer.pinExpired) return { code: 'token.pin-expired', token }
  if (code === answer.userPinNotInitialised) return { code: 'token.pin-not-set', token }
  if (code === answer.functionCanceled || code === answer.functionRejected) return { code: 'token.declined', token }
  if (code === answer.deviceMemory && doing === 'making') return { code: 'token.full', token }
  if (locksOut.includes(code)) return { code: 'token.read-only', token }
  if (doing === 'signing' && cannotSign.includes(code)) return { code: 'token.cannot-sign', token }
  return { code: 'token.refused', token, answer: nameOf(error) }
}

export const cannotMakeThat = ({ code }: Refused): boolean => cannotMake.includes(code)

/** Only a name of the standard: another text of a foreign library goes no further. */
export const nameOf = ({ answerName, code }: Refused): string =>
  /^CKR_[A-Z0-9_]{1,50}$/.test(answerName) ? answerName : `0x${code.toString(16)}`

/** Why the loader did not take a library, by what it says: a wrong kind of file, or one of another computer. */
export function whyForeign({ message }: LibraryBroken): 'elsewhere' | 'for-something-else' {
  return /undefined symbol|C_GetFunctionList|invalid ELF|file too short|not a (mach-o|valid)|procedure could not/i.test(
    message,
  ) && !/ELFCLASS|architecture/i.test(message)
    ? 'for-something-else'
    : 'elsewhere'
}

export const isRefused = (error: unknown): error is Refused => error instanceof Refused
