import type { ObjectKind, Relation } from '../../shared/pki/facts.ts'

/** What another object is to this one. */
export type Match = {
  object: string
  word: 'key' | 'request' | 'certificate' | 'same key' | 'issuer' | 'issued'
  verified?: boolean
}

/** What belongs to one object among the dropped: its key, request and certificate, its issuer and what it issued. */
export function matchesOf(
  id: string,
  relations: readonly Relation[],
  kindOf: (id: string) => ObjectKind | undefined,
): Match[] {
  const found: Match[] = []
  const own = kindOf(id)
  const other = (relation: Relation) => (relation.a === id ? relation.b : relation.b === id ? relation.a : null)
  for (const relation of relations) {
    const object = other(relation)
    if (object === null || object === id) continue
    if (relation.kind === 'issued-by') {
      found.push({ object, word: relation.a === id ? 'issuer' : 'issued', verified: relation.verified })
      continue
    }
    const kind = kindOf(object)
    // Two of a kind with one key are not each other's anything: they only share it.
    if (kind === own) found.push({ object, word: 'same key' })
    else if (kind === 'private-key') found.push({ object, word: 'key' })
    else found.push({ object, word: kind === 'request' || kind === 'certificate' ? kind : 'same key' })
  }
  return found
}
