import type { PinState } from '../../../shared/tokens/token.ts'
import type { ShownToken } from './token-store.ts'

/** How a token stands, in a word or two; `grave` where it cannot be used as it is. */
export function stateOfToken({ token }: ShownToken): { says: string; grave: boolean } {
  if (token.unlocked) return { says: 'unlocked', grave: false }
  if (token.pin === 'blocked') return { says: 'PIN blocked', grave: true }
  if (token.pin === 'not-set') return { says: 'no PIN yet', grave: true }
  return { says: token.needsPin ? 'locked' : 'asks for no PIN', grave: false }
}

/** What the token has said of wrong PINs before, for the field where one is typed. */
export const triesHint: Record<PinState, string | undefined> = {
  fine: undefined,
  'few-left': 'A wrong PIN was given before: few tries are left.',
  'one-left': 'One try is left. After another wrong PIN the token blocks itself.',
  blocked: undefined,
  'not-set': undefined,
}

/** Model, serial number and library: what tells two tokens of one name apart. */
export const whatItIs = ({ token, library }: ShownToken): string =>
  [token.model, token.serial && `serial ${token.serial}`, library.name].filter(Boolean).join(', ')
