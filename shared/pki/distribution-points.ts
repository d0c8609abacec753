import type { DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, present, Tag } from './der.ts'
import { namedBits, oidOf } from './der-values.ts'
import { describedName } from './described-names.ts'
import { text } from './extension-words.ts'
import { shortNameOrOid } from './oids.ts'

/** ReasonFlags (RFC 5280 section 4.2.1.13), by bit. */
const reasonNames = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
]

/** Where revocation lists are (RFC 5280 section 4.2.1.13); with several points of more than one line, each numbered. */
export function distributionPoints(node: DerNode): string[] {
  const points = childrenOf(node, Tag.sequence).map((point) => childrenOf(point, Tag.sequence))
  const numbered = points.length > 1 && points.some((parts) => parts.length > 1)
  return points.flatMap((parts, i) => {
    const lines = parts.flatMap(distributionPart)
    return numbered ? lines.map((line) => `Point ${i + 1}: ${line}`) : lines
  })
}

function distributionPart(part: DerNode): string[] {
  if (part.id === 0xa0) return distributionName(present(children(part)[0]))
  if (part.id === 0x81) return [`Reasons: ${namedBits(part, reasonNames).join(', ')}`]
  if (part.id === 0xa2) return children(part).map((name) => `Issuer: ${describedName(name)}`)
  throw new DerFault('another type')
}

function distributionName(name: DerNode): string[] {
  if (name.id === 0xa0) return children(name).map(describedName)
  if (name.id !== 0xa1) throw new DerFault('another type')
  const parts = children(name).map((pair) => {
    const [type, value] = childrenOf(pair, Tag.sequence)
    return `${shortNameOrOid(oidOf(present(type)))}=${text(present(value))}`
  })
  return [`Relative to the issuer: ${parts.join('+')}`]
}

const flags: Record<number, string> = {
  129: 'Only user certificates',
  130: 'Only CA certificates',
  132: 'Indirect list',
  133: 'Only attribute certificates',
}

/** What a revocation list covers (RFC 5280 section 5.2.5). */
export function issuingDistributionPoint(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((part) => {
    if (part.id === 0xa0) return distributionPart(part)
    if (part.id === 0x83) return [`Only reasons: ${namedBits(part, reasonNames).join(', ')}`]
    const flag = flags[part.id]
    if (!flag) throw new DerFault('another type')
    return content(part)[0] === 0 ? [] : [flag]
  })
}
