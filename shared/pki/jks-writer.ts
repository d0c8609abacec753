import type { Bytes } from './der.ts'
import { concat, der } from './der.ts'
import { wideOf } from './jks.ts'
import { digestOf } from './kdf.ts'

/** Aliases are lower case in Java, whatever is asked for. */
export type NewKeystore = {
  key?: { alias: string; pkcs8: Bytes; certificateDer: Bytes; chain: readonly Bytes[] }
  trusted: readonly { alias: string; der: Bytes }[]
  /** Guards the file and the key alike, as most programs expect. */
  password: string
  now: Date
}

/**
 * Writes a Java keystore of the old kind (JKS), for what reads nothing else: Java before 8u301 with its defaults, and
 * appliances. Its protection is weak: the key lies under a stream of SHA-1 digests, and guesses are cheap.
 */
export function writeJks({ key, trusted, password, now }: NewKeystore): Bytes {
  const time = number(BigInt(now.getTime()), 8)
  const entries = [
    ...(key ? [concat([number(1, 4), text(key.alias), time, ...keyParts(key, password)])] : []),
    ...trusted.map(({ alias, der }) => concat([number(2, 4), text(alias), time, certificate(der)])),
  ]
  const covered = concat([number(0xfeedfeed, 4), number(2, 4), number(entries.length, 4), ...entries])
  // The words between password and content are fixed in the format.
  const whitener = new TextEncoder().encode('Mighty Aphrodite')
  return concat([covered, digestOf('SHA-1', concat([wideOf(password), whitener, covered]))])
}

function keyParts({ pkcs8, certificateDer, chain }: NonNullable<NewKeystore['key']>, password: string): Bytes[] {
  const algorithm = der.sequence(der.oid('1.3.6.1.4.1.42.2.17.1.1'), der.null())
  const sealed = der.sequence(algorithm, der.octetString(underSun(pkcs8, wideOf(password))))
  const certificates = [certificateDer, ...chain]
  return [number(sealed.length, 4), sealed, number(certificates.length, 4), ...certificates.map(certificate)]
}

/** Sun's KeyProtector: a salt, the key under a stream of SHA-1 digests, a digest over password and key. */
function underSun(pkcs8: Bytes, password: Bytes): Bytes {
  const salt = crypto.getRandomValues(new Uint8Array(20))
  const covered = pkcs8.slice()
  let last: Bytes = salt
  for (let at = 0; at < covered.length; at += 20) {
    last = digestOf('SHA-1', concat([password, last]))
    for (let i = 0; i < 20 && at + i < covered.length; i++) covered[at + i]! ^= last[i]!
  }
  return concat([salt, covered, digestOf('SHA-1', concat([password, pkcs8]))])
}

const certificate = (octets: Bytes): Bytes => concat([text('X.509'), number(octets.length, 4), octets])

/** Length and UTF-8; Java's own differs in NUL and in characters past the first plane, which no alias has. */
function text(value: string): Bytes {
  const octets = new TextEncoder().encode(value.toLowerCase().replace(/[\0\u{10000}-\u{10ffff}]/gu, ''))
  return concat([number(octets.length, 2), octets])
}

/** Big-endian. */
function number(value: number | bigint, length: number): Bytes {
  const wide = BigInt(value)
  return Uint8Array.from({ length }, (_, i) => Number((wide >> BigInt(8 * (length - 1 - i))) & 0xffn))
}
