import type { Bytes } from './der.ts'
import type { ObjectKind } from './facts.ts'
import { textAsItIs } from './text.ts'

const mostLines = 20
const mostLetters = 2000

/** Kinds that hold no private key. What was not recognised may hold one. */
const publicKinds: ReadonlySet<ObjectKind> = new Set(['certificate', 'request', 'crl', 'public-key', 'pkcs7'])

/**
 * The first lines of a file as they are, byte order mark included, for showing what is wrong with them. `undefined` for
 * a binary file, and wherever a private key is or may be: `kinds` are those of all objects in the file.
 */
export function fileStart(bytes: Bytes, kinds: readonly ObjectKind[]): string | undefined {
  if (!kinds.every((kind) => publicKinds.has(kind))) return undefined
  const text = textAsItIs(bytes.subarray(0, 4 * mostLetters))
  if (text === null || /PRIVATE|PuTTY/i.test(text)) return undefined
  return text.slice(0, mostLetters).split('\n').slice(0, mostLines).join('\n')
}
