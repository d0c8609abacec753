import type { Bytes } from './der.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const invalid = 64
const skipped = 65
const padding = 66

const values = new Uint8Array(256).fill(invalid)
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i
// The URL alphabet (RFC 4648 section 5) is what a JWK, a cookie or a form field turns base64 into.
values['-'.charCodeAt(0)] = 62
values['_'.charCodeAt(0)] = 63
values['='.charCodeAt(0)] = padding
for (const space of ' \t\r\n\v\f') values[space.charCodeAt(0)] = skipped

/**
 * Decodes base64 between two offsets of a text, white space anywhere. `null` when another character occurs, when
 * something follows the padding, or when the length cannot be right. Padding may be missing.
 */
export function decodeBase64(text: string, from = 0, to = text.length): Bytes | null {
  const bytes = new Uint8Array(Math.ceil(((to - from) * 3) / 4))
  let length = 0
  let held = 0
  let bits = 0
  let padded = false
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    const value = code < 256 ? values[code]! : invalid
    if (value < 64) {
      if (padded) return null
      held = ((held << 6) | value) & 0xffff
      bits += 6
      if (bits >= 8) {
        bits -= 8
        bytes[length++] = (held >> bits) & 0xff
      }
    } else if (value === padding) padded = true
    else if (value !== skipped) return null
  }
  // One character over carries six bits: no octet, so something was lost.
  return bits === 6 ? null : bytes.subarray(0, length)
}

/** Base64 with padding, in lines of `columns` characters when given. */
export function encodeBase64(bytes: Bytes, columns = 0): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const b = bytes[at + 1]
    const c = bytes[at + 2]
    const triple = (bytes[at]! << 16) | ((b ?? 0) << 8) | (c ?? 0)
    text += alphabet[triple >> 18]! + alphabet[(triple >> 12) & 63]!
    text += b === undefined ? '=' : alphabet[(triple >> 6) & 63]!
    text += c === undefined ? '=' : alphabet[triple & 63]!
    if (columns > 0 && text.length % (columns + 1) === columns && at + 3 < bytes.length) text += '\n'
  }
  return text
}
