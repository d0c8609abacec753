import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, expect, hex, octets, orNull, present, Tag } from './der.ts'
import { integerOf, latin1, oidOf, shownHex, textOf, visible } from './der-values.ts'
import { generalNameOf } from './general-names.ts'
import { otherForm } from './idn.ts'
import { plainName } from './oids.ts'

/**
 * A GeneralName as `generalNameOf` spells it, with what else can be said of it: an internationalised name in its other
 * form, what an otherName is and holds, who assigned an ediPartyName. Throws `DerFault`.
 */
export function describedName(node: DerNode): string {
  const plain = generalNameOf(node)
  const text = plain.slice(plain.indexOf(':') + 1)
  switch (node.id) {
    case 0xa0:
      return otherName(node, plain)
    case 0x81:
      return withOtherForm(plain, text.slice(text.indexOf('@') + 1))
    case 0x82:
      return withOtherForm(plain, text)
    case 0x86:
      return withOtherForm(plain, /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(text)?.[1] ?? '')
    case 0x88: {
      const name = plainName(text)
      return name === text ? plain : `${plain} (${name})`
    }
    case 0xa3:
      return `${plain} ${shownHex(content(node))}`
    case 0xa5:
      return `${plain} ${orNull(() => ediParty(node)) ?? shownHex(content(node))}`
    default:
      return plain
  }
}

function withOtherForm(plain: string, host: string): string {
  const other = otherForm(host)
  return other === null ? plain : `${plain} (${other})`
}

/** EDIPartyName: `[0]` who assigned the name, `[1]` the name; both are CHOICEs, and so explicitly tagged. */
function ediParty(node: DerNode): string {
  const parts = children(node).map((part) => visible(textOf(present(children(part)[0])) ?? ''))
  return parts.length > 1 ? `${parts[1]} (assigned by ${parts[0]})` : parts.join('')
}

function otherName(node: DerNode, plain: string): string {
  const [type, wrapper] = children(node)
  const oid = oidOf(type!)
  const name = plainName(oid)
  const known = name === oid ? '' : ` (${name})`
  const value = wrapper?.constructed ? orNull(() => otherValue(oid, present(children(wrapper)[0]))) : null
  return `${plain}${known}${value === null || value === '' ? '' : ` ${value}`}`
}

/** What an otherName holds, by its type; text where it is text, hex where nothing is known. */
function otherValue(oid: string, node: DerNode): string {
  switch (oid) {
    case '1.3.6.1.5.2.2':
      return kerberosName(node)
    case '1.3.6.1.5.5.7.8.3': {
      const parts = childrenOf(node, Tag.sequence)
      return parts.map((part) => (part.id === Tag.oid ? `assigned by ${oidOf(part)}` : textIn(part))).join(' ')
    }
    case '1.3.6.1.5.5.7.8.4': {
      const [type, serial] = childrenOf(node, Tag.sequence)
      return `${oidOf(expect(type, Tag.oid))} number ${hex(octets(present(serial)))}`
    }
    case '1.3.6.1.4.1.311.25.2.1':
      return visible(latin1(octets(node)))
    case '1.3.6.1.4.1.311.25.1':
      return guid(octets(node))
    default:
      return textIn(node)
  }
}

const textIn = (node: DerNode): string => visible(textOf(node) ?? shownHex(content(node)))

/** KRB5PrincipalName (RFC 4556 section 3.2.2) as people write it: `host/a.example@REALM`. */
function kerberosName(node: DerNode): string {
  const [realm, principal] = childrenOf(node, Tag.sequence)
  const [, names] = childrenOf(children(present(principal))[0], Tag.sequence)
  const parts = childrenOf(children(present(names))[0], Tag.sequence).map(kerberosText)
  return `${parts.join('/')}@${kerberosText(present(children(present(realm))[0]))}`
}

/** GeneralString, in practice ASCII. */
const kerberosText = (node: DerNode): string => visible(latin1(content(node)))

/** Windows' order of octets: the first three groups are little-endian. */
function guid(bytes: Bytes): string {
  if (bytes.length !== 16) return shownHex(bytes)
  const groups = [bytes.slice(0, 4).reverse(), bytes.slice(4, 6).reverse(), bytes.slice(6, 8).reverse()]
  return [...groups, bytes.slice(8, 10), bytes.slice(10)].map((group) => hex(group)).join('-')
}

/** A general subtree of name constraints (RFC 5280 section 4.2.1.10): base, and the distances nobody uses. */
export function describedSubtree(node: DerNode): string {
  const [name, ...distances] = childrenOf(node, Tag.sequence)
  const spelt = distances.flatMap((part) => {
    const count = integerOf(part)
    if (part.id === 0x80) return count === 0n ? [] : [`minimum ${count}`]
    return [`maximum ${count}`]
  })
  const base = present(name)
  const any = content(base).length === 0 ? ' (any)' : ''
  return `${describedName(base)}${any}${spelt.length > 0 ? ` (${spelt.join(', ')})` : ''}`
}
