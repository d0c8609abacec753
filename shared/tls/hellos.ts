import { hex } from '../pki/der.ts'
import { Cursor } from './cursor.ts'
import type { Handshake } from './handshake-messages.ts'
import { groupName, schemeName, suiteName, versionName } from './registry.ts'

/** RFC 8446 section 4.1.3: the random of a ServerHello that is in truth a HelloRetryRequest. */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'

const ascii = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** GREASE values (RFC 8701) say nothing: BoringSSL sprinkles them over its lists. */
const isGrease = (number: number) => (number & 0x0f0f) === 0x0a0a && number >> 8 === (number & 0xff)
const named = (numbers: number[], name: (number: number) => string) => numbers.filter((n) => !isGrease(n)).map(name)

/** Extensions as pairs of number and content; null when the block does not add up. */
export function readExtensions(cursor: Cursor): Map<number, Uint8Array> | null {
  const extensions = new Map<number, Uint8Array>()
  if (cursor.left === 0) return cursor.failed ? null : extensions
  const block = new Cursor(cursor.vector(2))
  while (block.left > 0) extensions.set(block.number(2), block.vector(2))
  return cursor.failed || block.failed ? null : extensions
}

/** RFC 7301 section 3.1: a list of length-prefixed protocol names. */
function protocols(content: Uint8Array | undefined): string[] {
  if (!content) return []
  const list = new Cursor(new Cursor(content).vector(2))
  const names: string[] = []
  while (list.left > 0) names.push(ascii(list.vector(1)))
  return list.failed ? [] : names
}

/** RFC 6066 section 3: the first host name of the list. */
function serverName(content: Uint8Array | undefined): string | undefined {
  if (!content) return undefined
  const list = new Cursor(new Cursor(content).vector(2))
  const type = list.number(1)
  const name = ascii(list.vector(2))
  return list.failed || type !== 0 ? undefined : name
}

const numbersOf = (content: Uint8Array | undefined, lengthSize: number) =>
  content ? new Cursor(content).numbers(lengthSize, 2) : []

/** RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2. */
export function decodeClientHello(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const legacyVersion = cursor.number(2)
  const random = hex(cursor.take(32))
  cursor.vector(1)
  const suites = cursor.numbers(2, 2)
  cursor.vector(1)
  const extensions = readExtensions(cursor)
  if (cursor.failed || !extensions) return null
  const offered = numbersOf(extensions.get(43), 1)
  return {
    name: 'ClientHello',
    random,
    serverName: serverName(extensions.get(0)),
    alpn: protocols(extensions.get(16)),
    versions: offered.length > 0 ? named(offered, versionName) : [versionName(legacyVersion)],
    groups: named(numbersOf(extensions.get(10), 2), groupName),
    signatureSchemes: named(numbersOf(extensions.get(13), 2), schemeName),
    cipherSuites: named(suites, suiteName),
  }
}

/** RFC 8446 section 4.1.3: the version is in supported_versions when it is TLS 1.3. */
export function decodeServerHello(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const legacyVersion = cursor.number(2)
  const random = hex(cursor.take(32))
  cursor.vector(1)
  const suite = cursor.number(2)
  cursor.number(1)
  const extensions = readExtensions(cursor)
  if (cursor.failed || !extensions) return null
  const chosen = extensions.get(43)
  const share = extensions.get(51)
  return {
    name: random === retryRandom ? 'HelloRetryRequest' : 'ServerHello',
    random,
    version: versionName(chosen ? new Cursor(chosen).number(2) : legacyVersion),
    suite,
    cipherSuite: suiteName(suite),
    group: share && share.length >= 2 ? groupName(new Cursor(share).number(2)) : undefined,
    alpn: protocols(extensions.get(16))[0],
  }
}

/** RFC 8446 section 4.3.1. */
export function decodeEncryptedExtensions(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const extensions = readExtensions(cursor)
  return extensions ? { name: 'EncryptedExtensions', alpn: protocols(extensions.get(16))[0] } : null
}
