import { decodeBase64 } from './base64.ts'
import type { Bytes } from './der.ts'
import { der } from './der.ts'
import { latin1 } from './der-values.ts'

/** Curves by SSH's name of the key type; a map, because a file may name its type `constructor`. */
export const sshCurves: ReadonlyMap<string, string> = new Map([
  ['ecdsa-sha2-nistp256', '1.2.840.10045.3.1.7'],
  ['ecdsa-sha2-nistp384', '1.3.132.0.34'],
  ['ecdsa-sha2-nistp521', '1.3.132.0.35'],
])

/** The strings of an SSH wire encoding (RFC 4251 section 5); `null` when a length does not fit. */
function stringsOf(blob: Bytes): Bytes[] | null {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.length)
  const found: Bytes[] = []
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length || found.length === 8) return null
    const end = at + 4 + view.getUint32(at)
    if (end > blob.length) return null
    found.push(blob.subarray(at + 4, end))
    at = end
  }
  return found
}

/** SubjectPublicKeyInfo of an SSH public key (RFC 4253 section 6.6, RFC 5656, RFC 8709); `null` when it has none. */
export function spkiOfSsh(blob: Bytes): Bytes | null {
  const [type, a, b] = stringsOf(blob) ?? []
  if (!type || !a) return null
  const name = latin1(type)
  const curve = sshCurves.get(name)
  if (name === 'ssh-rsa' && b) {
    const key = der.sequence(der.integer(b), der.integer(a))
    return der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null()), der.bitString(key))
  }
  if (name === 'ssh-ed25519') return der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(a))
  if (curve && b) return der.sequence(der.sequence(der.oid('1.2.840.10045.2.1'), der.oid(curve)), der.bitString(b))
  return null
}

/** One line of an OpenSSH public key, and its comment; `null` when the text is none. */
export function sshPublicLine(text: string): { spki: Bytes | null; certificate: boolean } | null {
  const found =
    /^(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-[a-z0-9-]+|sk-[a-z0-9@.-]+)(-cert-v01@openssh\.com)? (AAAA[A-Za-z0-9+/]{20,20000}={0,2})(?: |\r|\n|$)/.exec(
      text.trimStart().slice(0, 24_000),
    )
  if (!found) return null
  const blob = decodeBase64(found[2]!)
  return { spki: blob && spkiOfSsh(blob), certificate: found[1] !== undefined }
}
