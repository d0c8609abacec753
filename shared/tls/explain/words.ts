/**
 * Texts are compared as words: letters and digits in lower case, everything between them one space. So `self-signed`,
 * `self signed` and `SELF_SIGNED` are the same, `SSL/TLS_ALERT` is found whatever its slash, and lines may be broken
 * anywhere between words.
 */
export type Words = {
  /** ` like this ` with a space at both ends, so that whole words are found. */
  text: string
  /** Where in the original each character of `text` comes from. */
  from: Uint32Array
}

/** Longer texts are looked at from the end, where a log tells what went wrong. */
export const longestText = 1_000_000

const space = 32

/** Digits and small letters as they are, capitals made small; 0 for everything else. */
function letterOf(code: number): number {
  if ((code > 47 && code < 58) || (code > 96 && code < 123)) return code
  return code > 64 && code < 91 ? code + 32 : 0
}

export function wordsOf(given: string): Words {
  const first = Math.max(0, given.length - longestText)
  const text = new Uint8Array(given.length - first + 2)
  const from = new Uint32Array(text.length)
  text[0] = space
  from[0] = first
  let length = 1
  for (let i = first; i <= given.length; i++) {
    const letter = i < given.length ? letterOf(given.charCodeAt(i)) : 0
    if (letter === 0 && text[length - 1] === space) continue
    text[length] = letter || space
    from[length++] = i
  }
  return { text: new TextDecoder().decode(text.subarray(0, length)), from: from.subarray(0, length) }
}

/** The words of a phrase as they stand in `Words.text`. */
export const phraseOf = (phrase: string): string => wordsOf(phrase).text

/** Where a phrase stands, as a part of the original; null where it does not. */
export function placeOf({ from, text }: Words, phrase: string): { start: number; end: number } | null {
  const at = text.indexOf(phrase)
  if (at < 0 || phrase.trim() === '') return null
  return { start: from[at + 1] ?? 0, end: (from[at + phrase.length - 2] ?? 0) + 1 }
}
