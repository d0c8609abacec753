import { Cursor } from './cursor.ts'
import type { Extension } from './handshake-messages.ts'

const ascii = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/**
 * The extensions at the end of a message (RFC 8446 section 4.2), in the order of the encoding; none when nothing is
 * left, null when the block does not add up.
 */
export function readExtensions(cursor: Cursor): Extension[] | null {
  if (cursor.left === 0) return cursor.failed ? null : []
  const block = new Cursor(cursor.vector(2))
  const extensions: Extension[] = []
  while (block.left > 0) extensions.push({ number: block.number(2), content: block.vector(2) })
  return cursor.failed || block.failed ? null : extensions
}

export const extensionOf = (extensions: readonly Extension[], number: number): Uint8Array | undefined =>
  extensions.find((extension) => extension.number === number)?.content

/** GREASE (RFC 8701): values without a meaning, sprinkled over lists so that servers learn to pass over the unknown. */
export const isGrease = (number: number): boolean => (number & 0x0f0f) === 0x0a0a && number >> 8 === (number & 0xff)

/** RFC 7301 section 3.1: a list of length-prefixed protocol names. */
export function protocolsIn(content: Uint8Array | undefined): string[] {
  if (!content) return []
  const list = new Cursor(new Cursor(content).vector(2))
  const names: string[] = []
  while (list.left > 0) names.push(ascii(list.vector(1)))
  return list.failed ? [] : names
}

/** RFC 6066 section 3: the first host name of the list; servers confirm it with an empty extension. */
export function serverNameIn(content: Uint8Array | undefined): string | undefined {
  if (!content) return undefined
  const list = new Cursor(new Cursor(content).vector(2))
  const type = list.number(1)
  const name = ascii(list.vector(2))
  return list.failed || type !== 0 ? undefined : name
}

/** A list of two-byte numbers after a length of `lengthSize` bytes, without GREASE. */
export const numbersIn = (content: Uint8Array | undefined, lengthSize: number): number[] =>
  content ? new Cursor(content).numbers(lengthSize, 2).filter((number) => !isGrease(number)) : []

/** RFC 8446 section 4.2.4, RFC 5246 section 7.4.4: a list of names in DER. */
export function authoritiesIn(cursor: Cursor): Uint8Array[] {
  const list = new Cursor(cursor.vector(2))
  const names: Uint8Array[] = []
  while (list.left > 0) names.push(list.vector(2))
  if (list.failed) cursor.failed = true
  return names
}
