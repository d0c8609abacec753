import type { DerNode } from './der.ts'
import { childrenOf, content, DerFault, expect, orNull, present, Tag } from './der.ts'
import { integerOf, oidOf, shownHex } from './der-values.ts'
import { describedName } from './described-names.ts'
import { named, text } from './extension-words.ts'
import { plainName } from './oids.ts'

/** Statements of qualified certificates (RFC 3739 section 3.2.6, ETSI EN 319 412-5, ETSI TS 119 495). */
export function qualifiedStatements(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((statement) => {
    const [id, info] = childrenOf(statement, Tag.sequence)
    const oid = oidOf(expect(id, Tag.oid))
    if (!info) return [named(oid)]
    const read = readers[oid]
    return (read && orNull(() => read(info, plainName(oid)))) ?? [`${named(oid)}: ${shownHex(content(info))}`]
  })
}

const readers: Record<string, (info: DerNode, name: string) => string[]> = {
  '0.4.0.1862.1.2': (info, name) => {
    const [currency, amount, exponent] = childrenOf(info, Tag.sequence)
    const unit = currency?.id === Tag.integer ? `currency ${integerOf(currency)}` : text(present(currency))
    return [`${name}: ${money(integerOf(present(amount)), integerOf(present(exponent)))} ${unit}`]
  },
  '0.4.0.1862.1.3': (info, name) => {
    const years = integerOf(expect(info, Tag.integer))
    return [`${name}: ${years} year${years === 1n ? '' : 's'} after it expires`]
  },
  '0.4.0.1862.1.5': (info, name) =>
    childrenOf(info, Tag.sequence).map((place) => {
      const [url, language] = childrenOf(place, Tag.sequence)
      return `${name}: ${text(present(url))}${language ? ` (${text(language)})` : ''}`
    }),
  '0.4.0.1862.1.6': (info, name) => [
    `${name}: ${childrenOf(info, Tag.sequence)
      .map((type) => plainName(oidOf(type)))
      .join(', ')}`,
  ],
  '0.4.0.1862.1.7': (info, name) => [`${name}: ${childrenOf(info, Tag.sequence).map(text).join(', ')}`],
  '0.4.0.19495.2': paymentRoles,
  '1.3.6.1.5.5.7.11.1': semantics,
  '1.3.6.1.5.5.7.11.2': semantics,
}

function money(amount: bigint, exponent: bigint): string {
  if (exponent < 0n || exponent > 12n) return `${amount} × 10^${exponent}`
  return `${amount * 10n ** exponent}`
}

/** What the names in the subject mean, and who registered them. */
function semantics(info: DerNode, name: string): string[] {
  return childrenOf(info, Tag.sequence).map((part) =>
    part.id === Tag.oid
      ? `${name}: ${named(oidOf(part))}`
      : `${name}: registered by ${childrenOf(part, Tag.sequence).map(describedName).join(', ')}`,
  )
}

/** ETSI TS 119 495 section 5.1: what a payment service provider may do. */
const roleWords: Record<string, string> = {
  '0.4.0.19495.1.1': 'account servicing',
  '0.4.0.19495.1.2': 'payment initiation',
  '0.4.0.19495.1.3': 'account information',
  '0.4.0.19495.1.4': 'issuing of card-based payment instruments',
}

/** Roles, then the name and the id of the national authority that licensed the provider. */
function paymentRoles(info: DerNode): string[] {
  const [roles, name, id] = childrenOf(info, Tag.sequence)
  const spelt = childrenOf(roles, Tag.sequence).map((role) => {
    const [oid, short] = childrenOf(role, Tag.sequence)
    const word = roleWords[oidOf(expect(oid, Tag.oid))]
    return `${text(present(short))}${word === undefined ? '' : ` (${word})`}`
  })
  if (spelt.length === 0) throw new DerFault('no roles')
  return [`Payment roles: ${spelt.join(', ')}`, `Licensed by: ${text(present(name))} (${text(present(id))})`]
}
