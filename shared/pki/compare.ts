import { extensionFields } from './compare-extensions.ts'
import { inOneSentence } from './compare-sentence.ts'
import type { Change, Compared } from './compare-words.ts'
import { changeOf, difference, nameFor, sentence, spanInWords } from './compare-words.ts'
import type { Facts } from './facts.ts'
import type { ComparedField, Comparison } from './inspect-calls.ts'
import { attributeOrder } from './names.ts'

/**
 * Compares two objects field by field: certificates, requests, revocation lists, keys, each with each. What a kind
 * cannot have at all, such as the serial number of a request, is left out. Names are compared by attribute, names of
 * hosts as sets, extensions by OID; `says` is there where a difference means something to a person.
 */
export function compareObjects(a: Compared, b: Compared): Comparison {
  const change = changeOf(a, b)
  const fields = [
    ...objectFields(a, b, change),
    ...nameFields('subject', a.facts, b.facts, change),
    ...nameFields('issuer', a.facts, b.facts, change),
    ...dateFields(a, b, change),
    ...keyFields(a, b, change),
    ...signatureFields(a, b, change),
    ...extensionFields(a, b, change),
  ]
  return {
    a: { kind: a.kind, name: nameFor(a) },
    b: { kind: b.kind, name: nameFor(b) },
    says: inOneSentence(change),
    fields,
  }
}

type Group = ComparedField['group']

function field(
  group: Group,
  name: string,
  a: readonly (string | number | undefined)[],
  b: readonly (string | number | undefined)[],
  says?: (differ: boolean) => string | undefined,
): ComparedField {
  const [left, right] = [a, b].map((side) => side.filter((one) => one !== undefined).map(String)) as [
    string[],
    string[],
  ]
  const same = left.length === right.length && left.every((one, i) => one === right[i])
  const words = says?.(!same)
  return { group, field: name, a: left, b: right, same, ...(words !== undefined && { says: words }) }
}

function objectFields(a: Compared, b: Compared, change: Change): ComparedField[] {
  const fields = [field('object', 'kind', [a.kind], [b.kind])]
  if (a.kind !== b.kind) return fields
  const { facts: one } = a
  const { facts: other } = b
  if (one.version !== undefined || other.version !== undefined) {
    fields.push(field('object', 'version', [one.version], [other.version]))
  }
  if (a.kind === 'certificate') {
    fields.push(
      field('object', 'serial', [one.serialHex], [other.serialHex], (differ) =>
        !differ && one.issuer === other.issuer && one.sha256 !== other.sha256
          ? 'The same issuer gave the same number to two certificates, which must not happen.'
          : undefined,
      ),
    )
  }
  if (a.kind === 'crl') fields.push(...listFields(a, b, change))
  fields.push(field('object', 'sha256', [one.sha256], [other.sha256]))
  return fields
}

/** Serial numbers shown of each side of two lists. */
const maxSerials = 100

function listFields(a: Compared, b: Compared, change: Change): ComparedField[] {
  const fields = [
    field('object', 'crlNumber', [a.facts.crlNumber], [b.facts.crlNumber]),
    field('object', 'revokedCount', [a.facts.revokedCount], [b.facts.revokedCount]),
  ]
  if (!a.revoked || !b.revoked) return fields
  const serials = (side: Compared) => (side.revoked ?? []).map(({ serialHex }) => serialHex)
  const { lost, added } = difference(serials(a), serials(b))
  if (lost.length === 0 && added.length === 0) return fields
  const backwards = change.from !== a
  const [gone, fresh] = backwards ? [added.length, lost.length] : [lost.length, added.length]
  const says =
    gone === 0
      ? `${sentence(`${change.toWord} revokes ${fresh} more`)}`
      : sentence(`${change.toWord} revokes ${fresh} that ${change.fromWord} does not, and leaves out ${gone}`)
  fields.push(field('object', 'revoked', lost.slice(0, maxSerials), added.slice(0, maxSerials), () => says))
  return fields
}

function nameFields(group: 'subject' | 'issuer', a: Facts, b: Facts, change: Change): ComparedField[] {
  const key = group === 'subject' ? 'subjectParts' : 'issuerParts'
  const [one, other] = [a[key], b[key]]
  if (!one || !other) return []
  const types = attributeOrder([...one, ...other].map(({ type }) => type))
  const values = (parts: typeof one, type: string) =>
    parts.filter((part) => part.type === type).map(({ value }) => value)
  const fields = types.map((type) => field(group, type, values(one, type), values(other, type)))
  if (fields.every(({ same }) => same)) {
    if (a[group] !== b[group]) {
      const spelt = field(group, 'order', [a[group]], [b[group]], () => 'The same parts in another order or spelling.')
      return [...fields, spelt]
    }
    return fields
  }
  if (change.answers && group === 'subject') {
    const first = fields.findIndex(({ same }) => !same)
    fields[first] = { ...fields[first]!, says: 'Who signed wrote the name anew; a provider may do so.' }
  }
  return fields
}

const ms = (date: string | undefined): number => (date === undefined ? Number.NaN : Date.parse(date))

function dateFields(a: Compared, b: Compared, { from, to, toWord }: Change): ComparedField[] {
  if (a.kind !== b.kind || (a.kind !== 'certificate' && a.kind !== 'crl')) return []
  const dated = (key: 'notBefore' | 'notAfter' | 'thisUpdate' | 'nextUpdate', verb: string) =>
    field('validity', key, [a.facts[key]], [b.facts[key]], (differ) => {
      const later = ms(to.facts[key]) - ms(from.facts[key])
      if (!differ || Number.isNaN(later)) return undefined
      return sentence(`${toWord} ${verb} ${spanInWords(later)} ${later > 0 ? 'later' : 'earlier'}`)
    })
  if (a.kind === 'crl') return [dated('thisUpdate', 'was issued'), dated('nextUpdate', 'is due for replacement')]
  const days = ({ notBefore, notAfter }: Facts) => {
    const length = ms(notAfter) - ms(notBefore)
    return Number.isNaN(length) ? undefined : spanInWords(length)
  }
  const gap = ms(to.facts.notBefore) - ms(from.facts.notAfter)
  const gapSays = gap > 0 ? `Between the two lie ${spanInWords(gap)} without a valid one.` : undefined
  const begins = dated('notBefore', 'begins')
  return [
    gapSays === undefined ? begins : { ...begins, says: gapSays },
    dated('notAfter', 'ends'),
    field('validity', 'length', [days(a.facts)], [days(b.facts)]),
  ]
}

function keyFields(a: Compared, b: Compared, { answers }: Change): ComparedField[] {
  const [one, other] = [a.facts, b.facts]
  if (one.keyAlgorithm === undefined && other.keyAlgorithm === undefined) return []
  const fields = [
    field('key', 'algorithm', [one.keyAlgorithm], [other.keyAlgorithm]),
    field('key', 'size', [one.keyBits], [other.keyBits]),
  ]
  if (one.curve !== undefined || other.curve !== undefined)
    fields.push(field('key', 'curve', [one.curve], [other.curve]))
  fields.push(
    field('key', 'spkiSha256', [one.spkiSha256], [other.spkiSha256], (differ) => {
      if (one.spkiSha256 === undefined || other.spkiSha256 === undefined) {
        return 'One of the keys is locked, so that the two cannot be compared.'
      }
      if (!differ) return 'The same key.'
      return answers ? 'Another key: the certificate does not answer this request.' : 'Another key.'
    }),
  )
  return fields
}

function signatureFields(a: Compared, b: Compared, { answers }: Change): ComparedField[] {
  const [one, other] = [a.facts.signatureAlgorithm, b.facts.signatureAlgorithm]
  if (one === undefined || other === undefined) return []
  return [
    field('signature', 'algorithm', [one], [other], (differ) =>
      differ && answers ? 'The issuer signs with its own key and algorithm.' : undefined,
    ),
  ]
}
