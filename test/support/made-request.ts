import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type Bytes, concat, der } from '../../shared/pki/der.ts'
import { toPem } from '../../shared/pki/pem.ts'

/** One extension asked for: its octets are written as they are, sound or not. */
export type AskedFor = { oid: string; critical?: boolean; value: Bytes }

/** Signing requests with any octets for name and attributes, signed by a key of their own: proven, however odd. */
export function requestMaker(key: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey) {
  const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  const algorithm =
    key.asymmetricKeyType === 'rsa'
      ? der.sequence(der.oid('1.2.840.113549.1.1.11'), der.null())
      : der.sequence(der.oid('1.2.840.10045.4.3.2'))
  /** `attributes`: all of `[0]`, or nothing. */
  const raw = (subject: Bytes, attributes: Bytes): Bytes => {
    const info = der.sequence(der.integer(0), subject, spki, attributes)
    const signature = new Uint8Array(sign('sha256', info, key))
    return der.sequence(info, algorithm, der.bitString(signature))
  }
  return {
    spki,
    raw,
    request(subject: Bytes, asked: readonly AskedFor[]): { der: Bytes; pem: string } {
      const made = raw(subject, asked.length > 0 ? extensionRequest(asked) : der.context(0))
      return { der: made, pem: toPem('CERTIFICATE REQUEST', made) }
    },
  }
}

function extensionRequest(asked: readonly AskedFor[]): Bytes {
  const list = asked.map(({ oid, critical, value }) =>
    der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value)),
  )
  return der.context(0, der.sequence(der.oid('1.2.840.113549.1.9.14'), der.set(der.sequence(...list))))
}

/** A name of single parts, each `[dotted OID, string]`. */
export const nameOfParts = (...parts: [string, Bytes][]): Bytes =>
  der.sequence(...parts.map(([oid, value]) => der.set(der.sequence(der.oid(oid), value))))

/** The same octets with some of them changed, left out or doubled. */
export function damaged(
  bytes: Bytes,
  edits: readonly { at: number; to: number; how: 'set' | 'cut' | 'twice' }[],
): Bytes {
  let out: Bytes = bytes.slice()
  for (const { at, to, how } of edits) {
    if (out.length === 0) return out
    const place = at % out.length
    if (how === 'set') out[place] = to
    else if (how === 'cut') out = concat([out.subarray(0, place), out.subarray(place + 1)])
    else out = concat([out.subarray(0, place), out.subarray(place, place + 1), out.subarray(place)])
  }
  return out
}
