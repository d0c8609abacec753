/** How base64 of DER (`MI…`) and of PEM (`LS0tLS1CRUdJTi…`) begins. */
const tokenStart = /(?<![A-Za-z0-9+/])(?:MI|LS0tLS1)/g
const leastToken = 60

const isBase64 = (code: number): boolean =>
  (code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123) || code === 43 || code === 47

/** After these a line that holds nothing but base64 ends: white space, `=`, `<`, quotes. */
const endsLine = (code: number): boolean => code <= 32 || code === 61 || code === 60 || code === 34 || code === 39

/**
 * Where a token of base64 ends that begins at `from`: on its line or, as in XML and mail, on further ones that hold
 * nothing else; `shorter` is the end without the last line. By hand, because regular expressions keep a way back for
 * each character, and megabytes of them overflow the stack.
 */
function tokenEnd(text: string, from: number): { end: number; shorter: number } {
  const run = (at: number) => {
    let end = at
    while (isBase64(text.charCodeAt(end)) || (at === from && /[-_]/.test(text[end] ?? ''))) end++
    return end
  }
  let end = run(from)
  let shorter = from
  for (;;) {
    let next = text[end] === '\r' ? end + 1 : end
    if (text[next] !== '\n') break
    next++
    while (text[next] === ' ' || text[next] === '\t') next++
    const lineEnd = run(next)
    if (lineEnd === next || !(lineEnd >= text.length || endsLine(text.charCodeAt(lineEnd)))) break
    shorter = end
    end = lineEnd
  }
  while (text[end] === '=' && end - from > 2) end++
  return { end, shorter }
}

/** A token, and the same without its last line: that may be a word of the text around it. */
export type Base64Token = { whole: string; shorter: string }

/** Tokens of base64 in a text of another kind that may be DER or PEM, at most `most`. */
export function* base64Tokens(text: string, most: number): Generator<Base64Token> {
  let found = 0
  let done = 0
  for (const { index } of text.matchAll(tokenStart)) {
    if (index < done) continue
    const { end, shorter } = tokenEnd(text, index)
    done = end
    if (end - index < leastToken) continue
    if (++found > most) return
    yield { whole: text.slice(index, end), shorter: text.slice(index, shorter) }
  }
}
