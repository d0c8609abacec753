import type { Bytes, DerNode } from '../der.ts'
import { children, childrenOf, content, DerFault, derOf, expect, octets, Tag } from '../der.ts'
import { oidOf } from '../der-values.ts'

/** An extension as it stands (RFC 5280 section 4.1.2.9), its value not looked into. */
export type RawExtension = { oid: string; critical: boolean; value: Bytes }

/** The same limit as the inspector's; real certificates have about ten. */
const maxExtensions = 1000

/** Reads an Extensions value. Throws `DerFault`. */
export function rawExtensions(sequence: DerNode | undefined): RawExtension[] {
  const entries = childrenOf(sequence, Tag.sequence)
  if (entries.length > maxExtensions) throw new DerFault('too many extensions')
  return entries.map((entry) => {
    const [id, second, third] = childrenOf(entry, Tag.sequence)
    const flag = second?.id === Tag.boolean
    const critical = flag && content(second)[0] !== 0
    const value = flag ? third : second
    return { oid: oidOf(expect(id, Tag.oid)), critical, value: octets(value?.id === 0x24 ? value : octetString(value)) }
  })
}

const octetString = (node: DerNode | undefined): DerNode => expect(node, Tag.octetString)

/** The extensions of a TBSCertificate (`tag` `0xa3`) or TBSCertList (`0xa0`); none where there are none. Throws `DerFault`. */
export function extensionsIn(tbs: Bytes, tag: 0xa3 | 0xa0): RawExtension[] {
  const last = childrenOf(derOf(tbs), Tag.sequence).at(-1)
  return last?.id === tag ? rawExtensions(children(last)[0]) : []
}
