import type { DerNode } from './der.ts'
import { content, DerFault, expect, hex, Tag } from './der.ts'

/** TLS 1.2 numbers of hashes and signatures (RFC 5246 section 7.4.1.4.1), which RFC 6962 uses. */
const hashes = ['none', 'MD5', 'SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512']
const signatures = ['anonymous', 'RSA', 'DSA', 'ECDSA']

/** Past the year 9999. */
const endOfTime = 253402300800000

/** SignedCertificateTimestampList (RFC 6962 section 3.3): which log vouched, when, and how it signed. */
export function signedTimestamps(node: DerNode): string[] {
  const list = content(expect(node, Tag.octetString))
  const lines: string[] = []
  const lengthAt = (at: number) => (list[at] ?? 0) * 256 + (list[at + 1] ?? 0)
  if (lengthAt(0) !== list.length - 2) throw new DerFault('length')
  for (let at = 2; at < list.length; ) {
    const end = at + 2 + lengthAt(at)
    if (end - at < 49 || end > list.length) throw new DerFault('length')
    const version = list[at + 2]!
    const log = hex(list.subarray(at + 3, at + 35))
    const ms = Number.parseInt(hex(list.subarray(at + 35, at + 43)), 16)
    const when = ms < endOfTime ? `${new Date(ms).toISOString().slice(0, 19)}Z` : 'an impossible time'
    const algorithm = at + 45 + lengthAt(at + 43)
    const how =
      version === 0 && algorithm + 2 <= end
        ? `, ${signatures[list[algorithm + 1]!] ?? 'unknown'} with ${hashes[list[algorithm]!] ?? 'unknown'}`
        : ''
    lines.push(`Log ${log} on ${when}${version === 0 ? how : `, version ${version + 1}`}`)
    at = end
  }
  return [`${lines.length} signed certificate timestamp${lines.length === 1 ? '' : 's'}`, ...lines]
}
