import type { Bytes, DerNode } from '../der.ts'
import { children, childrenOf, content, DerFault, present, Tag } from '../der.ts'
import { latin1, oidOf } from '../der-values.ts'
import type { CanonicalName } from './canonical-name.ts'
import { canonicalRdns } from './canonical-name.ts'

/**
 * A GeneralName (RFC 5280 section 4.2.1.6) with the value that rules are applied to. Kinds without a rule here keep
 * their kind, because a constraint on one must not be passed over.
 */
export type AlternativeName =
  | { kind: 'DNS' | 'email' | 'URI'; value: string }
  | { kind: 'IP'; value: Bytes }
  | { kind: 'directory'; value: CanonicalName }
  | { kind: 'otherName' | 'x400Address' | 'ediPartyName' | 'registeredID' }

/** A name of a certificate; an address has 4 or 16 octets. Throws `DerFault`. */
export function alternativeName(node: DerNode): AlternativeName {
  const name = generalName(node)
  if (name.kind === 'IP' && name.value.length !== 4 && name.value.length !== 16) throw new DerFault('address')
  return name
}

/** A name, or what stands in its place in a name constraint: there an address has its mask. Throws `DerFault`. */
export function generalName(node: DerNode): AlternativeName {
  switch (node.id) {
    case 0xa0:
      return { kind: 'otherName' }
    case 0x81:
      return { kind: 'email', value: latin1(content(node)) }
    case 0x82:
      return { kind: 'DNS', value: latin1(content(node)).toLowerCase() }
    case 0xa3:
      return { kind: 'x400Address' }
    case 0xa4:
      return { kind: 'directory', value: canonicalRdns(childrenOf(present(children(node)[0]), Tag.sequence)) }
    case 0xa5:
      return { kind: 'ediPartyName' }
    case 0x86:
      return { kind: 'URI', value: latin1(content(node)) }
    case 0x87:
      return { kind: 'IP', value: content(node) }
    case 0x88:
      oidOf(node)
      return { kind: 'registeredID' }
    default:
      throw new DerFault('another type')
  }
}

/** The names of a subjectAltName, at least one. Throws `DerFault`. */
export function alternativeNames(node: DerNode): AlternativeName[] {
  const names = childrenOf(node, Tag.sequence).map(alternativeName)
  if (names.length === 0) throw new DerFault('no name')
  return names
}
