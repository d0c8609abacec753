import type { DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, expect, orNull, Tag } from './der.ts'
import { integerOf, oidOf, shownHex } from './der-values.ts'
import { named, text } from './extension-words.ts'

/** Certificate policies (RFC 5280 section 4.2.1.4): each policy, then its practice statements and notices. */
export function policies(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((policy) => {
    const [id, qualifiers] = childrenOf(policy, Tag.sequence)
    const lines = [named(oidOf(expect(id, Tag.oid)))]
    for (const qualifier of qualifiers ? childrenOf(qualifiers, Tag.sequence) : []) {
      lines.push(...qualifierLines(qualifier))
    }
    return lines
  })
}

function qualifierLines(qualifier: DerNode): string[] {
  const [kind, value] = childrenOf(qualifier, Tag.sequence)
  const oid = oidOf(expect(kind, Tag.oid))
  if (!value) return [`Qualifier: ${named(oid)}`]
  if (oid === '1.3.6.1.5.5.7.2.1') return [`Practice statement: ${text(value)}`]
  if (oid === '1.3.6.1.5.5.7.2.2') return orNull(() => notice(value)) ?? [`Notice: ${shownHex(content(value))}`]
  return [`Qualifier: ${named(oid)} ${shownHex(content(value))}`]
}

/** UserNotice: a reference to numbered notices of an organisation, then a text of its own. */
function notice(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((part) => {
    if (part.id !== Tag.sequence) return `Notice: ${text(part)}`
    const [organization, numbers] = children(part)
    if (!organization) throw new DerFault('cut off')
    const spelt = numbers ? childrenOf(numbers, Tag.sequence).map((number) => `${integerOf(number)}`) : []
    return `Notice of ${text(organization)}${spelt.length > 0 ? `, number${spelt.length > 1 ? 's' : ''} ${spelt.join(', ')}` : ''}`
  })
}

export function policyMappings(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((pair) => {
    const [from, to] = childrenOf(pair, Tag.sequence)
    return `${named(oidOf(expect(from, Tag.oid)))} stands for ${named(oidOf(expect(to, Tag.oid)))}`
  })
}

export function policyConstraints(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((part) => {
    if (part.id === 0x80) return `Explicit policy required after: ${integerOf(part)}`
    if (part.id === 0x81) return `Policy mapping inhibited after: ${integerOf(part)}`
    throw new DerFault('another type')
  })
}
