import { hex } from '../pki/der.ts'
import { suiteName } from './cipher-suites.ts'
import { Cursor } from './cursor.ts'
import { extensionOf, readExtensions } from './extensions.ts'
import type { Handshake } from './handshake-messages.ts'
import { versionName } from './registry.ts'

/** RFC 8446 section 4.1.3: the random of a ServerHello that is in truth a HelloRetryRequest. */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'

/** RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2. */
export function decodeClientHello(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const legacyVersion = cursor.number(2)
  const random = hex(cursor.take(32))
  const sessionId = cursor.vector(1)
  const suites = cursor.numbers(2, 2)
  const compressions = cursor.numbers(1, 1)
  const extensions = readExtensions(cursor)
  if (cursor.failed || !extensions) return null
  return { name: 'ClientHello', random, legacyVersion, sessionId, suites, compressions, extensions }
}

/** RFC 8446 section 4.1.3: the version is in supported_versions when it is TLS 1.3. */
export function decodeServerHello(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const legacyVersion = cursor.number(2)
  const random = hex(cursor.take(32))
  const sessionId = cursor.vector(1)
  const suite = cursor.number(2)
  cursor.number(1)
  const extensions = readExtensions(cursor)
  if (cursor.failed || !extensions) return null
  const chosen = extensionOf(extensions, 43)
  return {
    name: random === retryRandom ? 'HelloRetryRequest' : 'ServerHello',
    random,
    version: versionName(chosen ? new Cursor(chosen).number(2) : legacyVersion),
    suite,
    cipherSuite: suiteName(suite),
    sessionId,
    extensions,
  }
}

/** RFC 8446 section 4.3.1. */
export function decodeEncryptedExtensions(body: Uint8Array): Handshake | null {
  const extensions = readExtensions(new Cursor(body))
  return extensions && { name: 'EncryptedExtensions', extensions }
}
