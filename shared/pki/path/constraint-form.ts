import type { DerNode } from '../der.ts'
import { children, childrenOf, DerFault, present, Tag } from '../der.ts'
import type { AlternativeName } from './alternative-names.ts'
import { generalName } from './alternative-names.ts'

/** `base` is absent where the form of the constraint is not one that is understood: no name of its kind may pass then. */
export type Subtree = { kind: AlternativeName['kind']; base?: AlternativeName }

/** NameConstraints (RFC 5280 section 4.2.1.10). */
export type NameConstraints = { permitted: Subtree[]; excluded: Subtree[] }

/** Reads NameConstraints. One of the lists may be empty, as some write it; both must not. Throws `DerFault`. */
export function nameConstraints(node: DerNode): NameConstraints {
  const found: NameConstraints = { permitted: [], excluded: [] }
  for (const part of childrenOf(node, Tag.sequence)) {
    const subtrees = children(part).map(subtree)
    if (part.id === 0xa0) found.permitted = subtrees
    else if (part.id === 0xa1) found.excluded = subtrees
    else throw new DerFault('another type')
  }
  if (found.permitted.length + found.excluded.length === 0) throw new DerFault('empty')
  return found
}

/** RFC 5280 leaves minimum and maximum no use: with either, the constraint is not understood. */
function subtree(node: DerNode): Subtree {
  const [base, ...more] = childrenOf(node, Tag.sequence)
  const name = generalName(present(base))
  const beyond = more.some(
    (part) => part.id !== 0x80 || part.to - part.from !== 1 || part.source.bytes[part.from] !== 0,
  )
  return beyond || !understood(name) ? { kind: name.kind } : { kind: name.kind, base: name }
}

const hostName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i

/** A host, or with a dot before it everything below it; nothing at all stands for every host. */
const hostOrDomain = (text: string): boolean => text === '' || hostName.test(text.replace(/^\./, ''))

function understood(name: AlternativeName): boolean {
  switch (name.kind) {
    case 'DNS':
    case 'URI':
      return hostOrDomain(name.value)
    case 'email':
      return hostOrDomain(name.value.slice(name.value.lastIndexOf('@') + 1))
    case 'IP':
      return (name.value.length === 8 || name.value.length === 32) && isMask(name.value.subarray(name.value.length / 2))
    default:
      return name.kind === 'directory'
  }
}

/** Ones, then zeros. */
function isMask(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits)
}
