// @ts-check
// Which part of the tests is meant.

import { Refusal } from '../say.mjs'

export const parts = ['unit', 'main', 'cli', 'interop', 'e2e']

export const usage = [
  'npm test                           everything',
  `npm test -- ${parts.join(' | ')}   one part, or several`,
  'npm test -- -t "does not let"      the tests whose title contains this',
  'npm test -- test/unit/names        the files whose path contains this',
  'npm test -- --pictures             end to end, and the pictures in docs/pictures/ are replaced by those it takes',
]

/** @typedef {{ help: boolean, parts: string[], title: string | undefined, files: string[], pictures: boolean }} Wish */

/** @param {string[]} words @returns {Wish} */
export function readArguments(words) {
  /** @type {Wish} */
  const wish = { help: false, parts: [], title: undefined, files: [], pictures: false }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '--help' || word === '-h') wish.help = true
    else if (word === '--pictures') wish.pictures = true
    else if (word === '-t' || word === '-g') {
      at += 1
      wish.title = words[at]
      if (!wish.title) throw new Refusal(`${word} needs a title behind it`, usage)
    } else if (parts.includes(word)) wish.parts.push(word)
    else if (word.includes('/') && !word.startsWith('-')) wish.files.push(word.replace(/^\.\//, ''))
    else throw new Refusal(`"${word}" is no part of the tests`, usage)
  }
  if (wish.pictures && wish.parts.length === 0) wish.parts = ['e2e']
  if (wish.parts.length === 0) {
    const named = parts.filter((part) => wish.files.some((file) => file.startsWith(`test/${part}`)))
    wish.parts = named.length > 0 ? named : [...parts]
  }
  return wish
}
