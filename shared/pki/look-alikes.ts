import { fromPunycode } from './idn.ts'

/**
 * Letters that pass for others: a Cyrillic `а` in a Latin name reads the same and is another name. Judged by Unicode's
 * scripts (UAX #24, and the mixing that UTS #39 allows): Latin may stand beside Chinese, Japanese and Korean, but not
 * beside alphabets that look like it.
 */
export type LookAlike = {
  /** The word, fit to show. */
  word: string
  /** `mixed`: letters of several alphabets in one word. `whole`: every letter passes for a Latin one. */
  how: 'mixed' | 'whole' | 'styled'
  /** The alphabets with the odd letters, or the Latin letters that it reads as. */
  says: string
}

const alphabets: [name: string, letters: RegExp][] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Coptic', /\p{Script=Coptic}/u],
  ['Georgian', /\p{Script=Georgian}/u],
  ['Lisu', /\p{Script=Lisu}/u],
]

/** Letters of other alphabets with the Latin ones that they cannot be told from in most typefaces. */
const twins = new Map(
  Object.entries({
    Cyrillic:
      'аa еe оo рp сc уy хx ѕs іi јj ԁd һh ԛq ԝw ӏl ғf ԍg АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ЅS ІI ЈJ ԌG ԚQ ԜW ҮY',
    Greek: 'οo νv ιi αa ρp υu κk ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX',
    Armenian: 'օo սu ցg հh ոn զq յj',
  }).flatMap(([, pairs]) => pairs.split(' ').map((pair) => [[...pair][0]!, [...pair][1]!] as const)),
)

/** Letters in a style (𝐛𝐨𝐥𝐝, ｗｉｄｅ) that are the plain ones to a reader, and others to a program. */
const styled = /[\u{1d400}-\u{1d7ff}\uff21-\uff3a\uff41-\uff5a]/u
const eastAsian = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

/** Values are cut here: a longer one is no name, and is told by its length. */
const maxLength = 2000

/** The first suspicious word of a person’s, company’s or place’s name; `null` when there is none. */
export function lookAlikeIn(value: string): LookAlike | null {
  if (/^[\x00-\x7f]*$/.test(value)) return null
  const text = value.slice(0, maxLength)
  if (styled.test(text) && !eastAsian.test(text)) {
    const word = text.split(/\s+/).find((one) => styled.test(one))!
    return { word, how: 'styled', says: word.normalize('NFKC') }
  }
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? []
  const latin = words.some((word) => /\p{Script=Latin}/u.test(word))
  for (const word of words) {
    const found = mixed(word) ?? (latin ? whole(word) : null)
    if (found) return found
  }
  return null
}

/** The first suspicious part of a host name, in either of its forms. */
export function lookAlikeInHost(host: string): LookAlike | null {
  const labels = host.slice(0, 253).split('.')
  const foreignEnd = /[^\x00-\x7f]|^xn--/i.test(labels.at(-1) ?? '')
  for (const label of labels) {
    const text = /^xn--/i.test(label) ? fromPunycode(label.slice(4).toLowerCase()) : label
    if (text === null || /^[\x00-\x7f]*$/.test(text)) continue
    const found = mixed(text) ?? (foreignEnd ? null : whole(text))
    if (found) return found
  }
  return null
}

function mixed(word: string): LookAlike | null {
  const found = alphabets.filter(([, letters]) => letters.test(word))
  if (found.length < 2) return null
  // The alphabet with the fewest letters is the odd one: its letters are named.
  const counted = found.map(([name, letters]) => ({ name, odd: [...word].filter((letter) => letters.test(letter)) }))
  const { name, odd } = counted.reduce((least, one) => (one.odd.length < least.odd.length ? one : least))
  const named = [...new Set(odd)].slice(0, 3).map((letter) => `“${letter}” (${codeOf(letter)})`)
  return { word, how: 'mixed', says: `${found.map(([one]) => one).join(' and ')}; ${named.join(', ')} is ${name}` }
}

const codeOf = (letter: string): string => `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** A word that reads as Latin from the first letter to the last; a single letter may be an initial. */
function whole(word: string): LookAlike | null {
  const letters = [...word].filter((letter) => /\p{L}/u.test(letter))
  if (letters.length < 2 || /\p{Script=Latin}/u.test(word)) return null
  const read = letters.map((letter) => twins.get(letter))
  return read.includes(undefined) ? null : { word, how: 'whole', says: read.join('') }
}
