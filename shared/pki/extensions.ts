import type { DerNode } from './der.ts'
import { childrenOf, content, DerFault, derOf, expect, hex, octets, orNull, Tag } from './der.ts'
import { namedBits, oidOf, shownHex, smallInteger } from './der-values.ts'
import { extensionLines, keyUsageNames } from './extension-values.ts'
import type { ExtensionFact, Facts } from './facts.ts'
import { generalNamesOf } from './general-names.ts'
import { plainName, shortNameOrOid } from './oids.ts'

export type Extensions = {
  facts: Pick<
    Facts,
    | 'extensions'
    | 'subjectAltNames'
    | 'isCa'
    | 'pathLength'
    | 'keyUsage'
    | 'extendedKeyUsage'
    | 'subjectKeyIdentifier'
    | 'authorityKeyIdentifier'
  >
  /** Names of extensions that occur twice (RFC 5280 section 4.2 forbids it), or whose value is malformed. */
  duplicate: string[]
  malformed: string[]
}

/** Real certificates have about ten. */
const maxExtensions = 1000

/** Reads Extensions (RFC 5280 section 4.1). A malformed value is told, a malformed list throws `DerFault`. */
export function extensionsOf(node: DerNode): Extensions {
  const found: Extensions = { facts: {}, duplicate: [], malformed: [] }
  const extensions: ExtensionFact[] = []
  const seen = new Set<string>()
  const entries = childrenOf(node, Tag.sequence)
  if (entries.length > maxExtensions) throw new DerFault('too many extensions')
  for (const entry of entries) {
    const [id, second, third] = childrenOf(entry, Tag.sequence)
    const oid = oidOf(expect(id, Tag.oid))
    const critical = second?.id === Tag.boolean && content(second)[0] !== 0
    const value = octets(expectOctets(second?.id === Tag.boolean ? third : second))
    const { lines } = extensionLines(oid, value)
    const name = plainName(oid)
    extensions.push({ oid, name, critical, value: lines ?? [shownHex(value)] })
    // The first one counts, as it does for OpenSSL.
    if (seen.has(oid)) found.duplicate.push(name)
    else if (lines === null || orNull(() => apply(oid, derOfKnown(oid, value), found.facts)) === null) {
      found.malformed.push(name)
    }
    seen.add(oid)
  }
  found.facts.extensions = extensions
  return found
}

function expectOctets(node: DerNode | undefined): DerNode {
  return node?.id === 0x24 ? node : expect(node, Tag.octetString)
}

const applied = new Set(['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.35', '2.5.29.37'])

const derOfKnown = (oid: string, value: Uint8Array): DerNode | null => (applied.has(oid) ? derOf(value) : null)

/** Puts what scripts and rules ask for most into facts of their own. */
function apply(oid: string, node: DerNode | null, facts: Extensions['facts']): true {
  if (!node) return true
  switch (oid) {
    case '2.5.29.14':
      facts.subjectKeyIdentifier = hex(content(node))
      break
    case '2.5.29.15':
      facts.keyUsage = namedBits(node, keyUsageNames)
      break
    case '2.5.29.17':
      facts.subjectAltNames = generalNamesOf(node)
      break
    case '2.5.29.19': {
      const [first, second] = childrenOf(node, Tag.sequence)
      facts.isCa = first?.id === Tag.boolean && content(first)[0] !== 0
      const length = first?.id === Tag.integer ? first : second
      if (length) facts.pathLength = smallInteger(expect(length, Tag.integer))
      break
    }
    case '2.5.29.35': {
      const key = childrenOf(node, Tag.sequence).find((part) => part.id === 0x80)
      if (key) facts.authorityKeyIdentifier = hex(content(key))
      break
    }
    case '2.5.29.37':
      facts.extendedKeyUsage = childrenOf(node, Tag.sequence).map((purpose) => shortNameOrOid(oidOf(purpose)))
      break
  }
  return true
}
