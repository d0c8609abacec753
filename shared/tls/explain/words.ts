/**
 * Texts are compared as words: letters and digits in lower case, everything between them one space. So `self-signed`,
 * `self signed` and `SELF_SIGNED` are the same, `SSL/TLS_ALERT` is found whatever its slash, and lines may be broken
 * anywhere between words. Pointers and positions in source files go, because they stand in the middle of sentences.
 */
export type Words = {
  /** ` like this ` with a space at both ends, so that whole words are found. */
  text: string
  /** Where in the original each character of `text` comes from. */
  from: Uint32Array
}

/** Longer texts are looked at from the end, where a log tells what went wrong. */
export const longestText = 1_000_000

const isWord = (code: number) => (code > 47 && code < 58) || (code > 96 && code < 123)

/** `../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1601:` and `(_ssl.c:1006)`, in one pass, without backtracking. */
const position = /[\w@.+-]{0,80}\.(?:cc?|h|java|go|js|py|rs):\d{1,6}:?/g

export function wordsOf(given: string): Words {
  const cut = given.length > longestText ? given.slice(-longestText) : given
  const offset = given.length - cut.length
  const text = cut.replace(position, (found) => ' '.repeat(found.length)).toLowerCase()
  // Some letters grow when they are made small: then places would no longer fit.
  const source = text.length === cut.length ? text : cut.toLowerCase().slice(0, cut.length)
  const codes: string[] = [' ']
  const from: number[] = [offset]
  let open = false
  for (let i = 0; i < source.length; i++) {
    if (isWord(source.charCodeAt(i))) {
      codes.push(source[i] as string)
      from.push(offset + i)
      open = true
    } else if (open) {
      codes.push(' ')
      from.push(offset + i)
      open = false
    }
  }
  if (open) {
    codes.push(' ')
    from.push(given.length)
  }
  return { text: codes.join(''), from: Uint32Array.from(from) }
}

/** The words of a phrase as they stand in `Words.text`. */
export const phraseOf = (phrase: string): string => wordsOf(phrase).text

/** Where a phrase stands, as a part of the original; null where it does not. */
export function placeOf({ from, text }: Words, phrase: string): { start: number; end: number } | null {
  const at = text.indexOf(phrase)
  if (at < 0 || phrase.trim() === '') return null
  return { start: from[at + 1] ?? 0, end: (from[at + phrase.length - 2] ?? 0) + 1 }
}
