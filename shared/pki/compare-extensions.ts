import type { Change, Compared } from './compare-words.ts'
import { difference, listed, namesInWords, sentence } from './compare-words.ts'
import type { ExtensionFact, Facts } from './facts.ts'
import type { ComparedField } from './inspect-calls.ts'

const oids = {
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  constraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
  purposes: '2.5.29.37',
}

/** Written by whoever signs, and never asked for in a request. */
const byIssuer = new Set([
  oids.subjectKey,
  oids.authorityKey,
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.46',
  '1.3.6.1.5.5.7.1.1',
  '1.3.6.1.5.5.7.1.3',
  '1.3.6.1.4.1.11129.2.4.2',
])

/** Extensions matched by OID, the ones that decide whether a call works first. */
export function extensionFields(a: Compared, b: Compared, change: Change): ComparedField[] {
  if (a.kind !== b.kind && !change.answers) return []
  const [one, other] = [byOid(a.facts), byOid(b.facts)]
  const all = new Set([
    ...Object.values(oids).filter((oid) => one.has(oid) || other.has(oid)),
    ...one.keys(),
    ...other.keys(),
  ])
  const order = [oids.alternativeNames, oids.purposes, oids.keyUsage, oids.constraints]
  const sorted = [...order.filter((oid) => all.has(oid)), ...[...all].filter((oid) => !order.includes(oid))]
  return sorted.map((oid) => extensionField(oid, one.get(oid), other.get(oid), a, change))
}

/** The first of its kind counts, as it does for OpenSSL. */
function byOid({ extensions }: Facts): Map<string, ExtensionFact> {
  return new Map([...(extensions ?? [])].reverse().map((extension) => [extension.oid, extension]))
}

function extensionField(
  oid: string,
  one: ExtensionFact | undefined,
  other: ExtensionFact | undefined,
  a: Compared,
  change: Change,
): ComparedField {
  const lines = (fact: ExtensionFact | undefined) =>
    fact ? [...(fact.critical ? ['critical'] : []), ...(fact.value.length > 0 ? fact.value : ['empty'])] : []
  const [left, right] = [lines(one), lines(other)]
  const same = sameLines([...left].sort(), [...right].sort())
  const [before, after] = change.from === a ? [one, other] : [other, one]
  const says = same ? orderSays(left, right) : differenceSays(oid, before, after, change)
  return {
    group: 'extensions',
    field: one?.name ?? other!.name,
    a: left,
    b: right,
    same,
    ...(says !== undefined && { says }),
  }
}

const sameLines = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, i) => line === b[i])

const orderSays = (a: readonly string[], b: readonly string[]): string | undefined =>
  a.every((line, i) => line === b[i]) ? undefined : 'The same in another order, which means nothing.'

function differenceSays(
  oid: string,
  before: ExtensionFact | undefined,
  after: ExtensionFact | undefined,
  change: Change,
): string | undefined {
  const { from, to, fromWord, toWord, answers } = change
  if (oid === oids.alternativeNames) {
    const { lost, added } = difference(from.facts.subjectAltNames ?? [], to.facts.subjectAltNames ?? [])
    return changed(lost, added, namesInWords, change)
  }
  if (oid === oids.purposes || oid === oids.keyUsage) {
    const key = oid === oids.purposes ? 'extendedKeyUsage' : 'keyUsage'
    const { lost, added } = difference(from.facts[key] ?? [], to.facts[key] ?? [])
    if (!after && before) return sentence(`${toWord} does not say what it may be used for, ${fromWord} does`)
    return changed(lost, added, listed, change)
  }
  if (oid === oids.constraints && (from.facts.isCa ?? false) !== (to.facts.isCa ?? false)) {
    return sentence(`${to.facts.isCa ? toWord : fromWord} may issue certificates, the other may not`)
  }
  if (oid === oids.authorityKey && before && after)
    return 'Signed with another key of the issuer, or by another issuer.'
  if (answers && !before) {
    return byIssuer.has(oid) ? 'Added by the issuer, as usual.' : 'Added by the issuer.'
  }
  if (answers && !after) return 'Asked for in the request, and not in the certificate.'
  if (before && after && before.critical !== after.critical && before.value.join() === after.value.join()) {
    return sentence(`${after.critical ? toWord : fromWord} marks it critical: programs that do not know it must refuse`)
  }
  return undefined
}

function changed(
  lost: readonly string[],
  added: readonly string[],
  spell: (all: readonly string[]) => string,
  { fromWord, toWord, answers }: Change,
): string | undefined {
  const parts: string[] = []
  if (lost.length > 0) {
    const them = lost.length === 1 ? 'it' : 'them'
    parts.push(
      answers
        ? `the request asked for ${spell(lost)}, the certificate has ${them} not`
        : `${toWord} lacks ${spell(lost)}, which ${fromWord} has`,
    )
  }
  if (added.length > 0) parts.push(answers ? `the issuer added ${spell(added)}` : `${toWord} adds ${spell(added)}`)
  return parts.length === 0 ? undefined : sentence(parts.join('; '))
}
