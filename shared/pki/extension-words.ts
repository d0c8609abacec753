import type { DerNode } from './der.ts'
import { content, orNull, Tag } from './der.ts'
import { integerOf, oidOf, shownHex, textOf, timeOf, visible } from './der-values.ts'
import { plainName } from './oids.ts'

/** The name of an object identifier with its number; the number alone when it has no name here. */
export const named = (oid: string): string => (plainName(oid) === oid ? oid : `${plainName(oid)} (${oid})`)

/** Text of any string type, hex of what is none. */
export const text = (node: DerNode): string => visible(textOf(node) ?? shownHex(content(node)))

/** A value whose type its place does not say: text, time, number, object identifier, or hex. */
export function anyValue(node: DerNode): string {
  const read = orNull(() => {
    if (node.id === Tag.utcTime || node.id === Tag.generalizedTime) return timeOf(node)
    if (node.id === Tag.oid) return named(oidOf(node))
    if (node.id === Tag.integer && node.to - node.from <= 20) return `${integerOf(node)}`
    if (node.id === Tag.boolean) return content(node)[0] === 0 ? 'no' : 'yes'
    return text(node)
  })
  return read ?? shownHex(content(node))
}
