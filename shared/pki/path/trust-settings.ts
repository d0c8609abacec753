import type { Bytes } from '../der.ts'
import { children, childrenOf, expect, orNull, readDer, Tag } from '../der.ts'
import { oidOf } from '../der-values.ts'

/**
 * What OpenSSL's `TRUSTED CERTIFICATE` says after the certificate: the uses for which its owner trusts or distrusts it,
 * as OIDs of extended key usages. An empty list says nothing.
 */
export type TrustSettings = { trusted: string[]; rejected: string[] }

/** Parts a certificate from trust settings behind it. Without any, or with ones that cannot be read, there are none. */
export function partTrusted(bytes: Bytes): { der: Bytes; settings?: TrustSettings } {
  const node = readDer(bytes)
  if (!node || node.end === bytes.length) return { der: bytes }
  const settings = orNull(() => settingsOf(bytes.subarray(node.end)))
  return { der: bytes.subarray(0, node.end), ...(settings && { settings }) }
}

function settingsOf(bytes: Bytes): TrustSettings | null {
  const node = readDer(bytes)
  if (!node) return null
  const settings: TrustSettings = { trusted: [], rejected: [] }
  const uses = (parts: ReturnType<typeof children>) => parts.map((use) => oidOf(expect(use, Tag.oid)))
  for (const part of childrenOf(node, Tag.sequence)) {
    if (part.id === Tag.sequence) settings.trusted = uses(children(part))
    else if (part.id === 0xa0) settings.rejected = uses(children(part))
  }
  return settings
}
