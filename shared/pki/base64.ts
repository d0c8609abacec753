import type { Bytes } from './der.ts'
import { textOfCodes } from './der.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const symbols = Uint8Array.from(alphabet, (c) => c.charCodeAt(0))

const invalid = 64
const skipped = 65
const equals = 66

const values = new Uint8Array(256).fill(invalid)
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i
// The URL alphabet (RFC 4648 section 5) is what a JWK, a cookie or a form field turns base64 into.
values['-'.charCodeAt(0)] = 62
values['_'.charCodeAt(0)] = 63
values['='.charCodeAt(0)] = equals
for (const space of ' \t\r\n\v\f') values[space.charCodeAt(0)] = skipped

/**
 * Decodes base64 between two offsets of a text, white space anywhere. `null` when another character occurs, when
 * something follows the padding, when there is too much of it, or when the length cannot be right. Padding may be
 * missing.
 */
export function decodeBase64(text: string, from = 0, to = text.length): Bytes | null {
  const bytes = new Uint8Array(Math.ceil(((to - from) * 3) / 4))
  let length = 0
  let held = 0
  let bits = 0
  let padding = 0
  let count = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    const value = code < 256 ? values[code]! : invalid
    if (value < 64) {
      if (padding > 0) return null
      count++
      held = ((held << 6) | value) & 0xffff
      bits += 6
      if (bits >= 8) {
        bits -= 8
        bytes[length++] = (held >> bits) & 0xff
      }
    } else if (value === equals) padding++
    else if (value !== skipped) return null
  }
  // One character over carries six bits: no octet, so something was lost.
  if (bits === 6 || padding > (4 - (count % 4)) % 4) return null
  return bytes.subarray(0, length)
}

/** Base64 with padding, in lines of `columns` characters when given (a multiple of four). */
export function encodeBase64(bytes: Bytes, columns = 0): string {
  const length = Math.ceil(bytes.length / 3) * 4
  const breaks = columns > 0 ? Math.max(0, Math.ceil(length / columns) - 1) : 0
  const codes = new Uint8Array(length + breaks)
  let to = 0
  for (let at = 0, column = 0; at < bytes.length; at += 3) {
    if (columns > 0 && column === columns) {
      codes[to++] = 10
      column = 0
    }
    const b = bytes[at + 1]
    const c = bytes[at + 2]
    const triple = (bytes[at]! << 16) | ((b ?? 0) << 8) | (c ?? 0)
    codes[to++] = symbols[triple >> 18]!
    codes[to++] = symbols[(triple >> 12) & 63]!
    codes[to++] = b === undefined ? 61 : symbols[(triple >> 6) & 63]!
    codes[to++] = c === undefined ? 61 : symbols[triple & 63]!
    column += 4
  }
  return textOfCodes(codes)
}
