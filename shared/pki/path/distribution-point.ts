import type { DerNode } from '../der.ts'
import { children, childrenOf, content, DerFault, hex, present, Tag, whole } from '../der.ts'
import { bitsOf } from '../der-values.ts'
import { generalName } from './alternative-names.ts'
import { canonicalName, canonicalRdns } from './canonical-name.ts'

/** Where a list is to be had, as keys that are compared; `relative` is an RDN to be put after the issuer's name. */
export type PointName = { full: string[] } | { relative: string }

/** A DistributionPoint of a certificate (RFC 5280 section 4.2.1.13). `reasons` is a mask of `ReasonFlags`. */
export type DistributionPoint = { name?: PointName; reasons: number; crlIssuers: string[] }

/** Every reason that a list can be about: the bits 1 to 8 of ReasonFlags. */
export const allReasons = 0x1fe

/** Reads cRLDistributionPoints. Throws `DerFault`. */
export function distributionPoints(node: DerNode): DistributionPoint[] {
  return childrenOf(node, Tag.sequence).map((point) => {
    const found: DistributionPoint = { reasons: allReasons, crlIssuers: [] }
    for (const part of childrenOf(point, Tag.sequence)) {
      if (part.id === 0xa0) found.name = pointName(part)
      else if (part.id === 0x81) found.reasons = reasonMask(part)
      else if (part.id === 0xa2) found.crlIssuers = children(part).flatMap(directoryKey)
      else throw new DerFault('another type')
    }
    return found
  })
}

/** A DistributionPointName within its `[0]`. Throws `DerFault`. */
export function pointName(part: DerNode): PointName {
  const choice = present(children(part)[0])
  if (choice.id === 0xa0) return { full: children(choice).map(nameKey) }
  if (choice.id !== 0xa1) throw new DerFault('another type')
  // [1] IMPLICIT takes the tag of the SET: what is inside are the attributes of one RDN.
  const rdn = { ...choice, id: Tag.set } as DerNode
  return { relative: canonicalRdns([rdn]).key }
}

/** ReasonFlags as a mask, bit n of the mask for bit n of the flags. Throws `DerFault`. */
export function reasonMask(node: DerNode): number {
  const { bytes, unused } = bitsOf(node)
  let mask = 0
  for (let bit = 0; bit <= 8 && bit < bytes.length * 8 - unused; bit++) {
    if ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1) mask |= 1 << bit
  }
  return mask & allReasons
}

function nameKey(node: DerNode): string {
  const name = generalName(node)
  if (name.kind === 'directory') return directory(name.value.key)
  return name.kind === 'URI' ? `URI:${name.value}` : hex(whole(node))
}

/** The key of a directory name among the names of a point. */
export const directory = (key: string): string => `directory:${key}`

/** The directory name in a GeneralName, as `canonicalName` keys it; nothing for other kinds. */
export function directoryKey(node: DerNode): string[] {
  return node.id === 0xa4 ? [canonicalName(content(node)).key] : []
}

/** The names that a point stands for, when the list is issued by `issuer` (a canonical key). */
export function namesOfPoint(name: PointName, issuer: string): string[] {
  if ('full' in name) return name.full
  return [directory(issuer === '' ? name.relative : `${issuer}\u0000${name.relative}`)]
}
