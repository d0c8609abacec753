// @ts-check
// What `npm start` is asked for.

import { Refusal } from '../say.mjs'

export const usage = [
  'npm start                            opens the app',
  'npm start -- FILE...                 opens the app with these files to inspect',
  'npm start -- --tour [provider]       the app goes through the whole journey by itself: nuapay, truv, payrails, apata, other',
]

/** @param {string[]} words */
export function readArguments(words) {
  if (words.includes('--help') || words.includes('-h'))
    return { help: true, tour: false, provider: undefined, rest: [] }
  const at = words.indexOf('--tour')
  if (at < 0) return { help: false, tour: false, provider: undefined, rest: words }
  const [provider, ...more] = words.slice(at + 1)
  const rest = [...words.slice(0, at), ...more]
  if (rest.length > 0) throw new Refusal(`The tour takes at most a provider; "${rest[0]}" is one word too many`, usage)
  return { help: false, tour: true, provider, rest: [] }
}
