import type { InspectedObject } from './facts.ts'
import type { RevokedEntry } from './inspect-calls.ts'
import { partOf } from './names.ts'

/** One side of a comparison. `revoked`: the entries of a list, where they are at hand. */
export type Compared = Pick<InspectedObject, 'kind' | 'facts'> & {
  name?: string
  revoked?: readonly RevokedEntry[]
}

/** A comparison read as a change from the older or asking side to the newer or answering one. */
export type Change = {
  from: Compared
  to: Compared
  /** How sentences call the two: `the request`, `the certificate`; `the older one`, `the newer one`. */
  fromWord: string
  toWord: string
  /** A request on one side, the certificate that may answer it on the other. */
  answers: boolean
}

/** Which side is the older one is told by its dates, not by the order the two were chosen in. */
export function changeOf(a: Compared, b: Compared): Change {
  if (a.kind === 'request' && b.kind === 'certificate') return asked(a, b)
  if (a.kind === 'certificate' && b.kind === 'request') return asked(b, a)
  if (a.kind !== b.kind) {
    return { from: a, to: b, fromWord: 'the first', toWord: 'the second', answers: false }
  }
  const [dayA, dayB] = [since(a), since(b)]
  if (dayA === dayB) return { from: a, to: b, fromWord: 'the first', toWord: 'the second', answers: false }
  const [from, to] = dayA > dayB ? [b, a] : [a, b]
  return { from, to, fromWord: 'the older one', toWord: 'the newer one', answers: false }
}

const asked = (from: Compared, to: Compared): Change => ({
  from,
  to,
  fromWord: 'the request',
  toWord: 'the certificate',
  answers: true,
})

const since = ({ facts }: Compared): string => facts.notBefore ?? facts.thisUpdate ?? ''

/** What to call an object: its common name, its first other name, or what kind of thing it is. */
export function nameFor({ kind, facts, name }: Compared): string {
  const who = partOf(facts.subjectParts, 'CN') || facts.subject || facts.subjectAltNames?.[0]
  return name ?? (who || partOf(facts.issuerParts, 'CN') || facts.friendlyName || facts.issuer || kind)
}

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(all: readonly string[], shown = 3): string {
  const more = all.length > shown ? all.length - (shown - 1) : 0
  const first = more > 0 ? all.slice(0, shown - 1) : all
  const last = more > 0 ? `${more} more` : first.at(-1)!
  const before = more > 0 ? first : first.slice(0, -1)
  return before.length === 0 ? last : `${before.join(', ')} and ${last}`
}

const nameKinds: Record<string, string> = {
  DNS: 'DNS name',
  IP: 'address',
  email: 'email address',
  URI: 'URI',
  dirName: 'directory name',
}

/** `the DNS name a.example`, `the DNS names a.example and b.example`, `the names …` when they are of several kinds. */
export function namesInWords(names: readonly string[]): string {
  const kinds = new Set(names.map((name) => name.slice(0, name.indexOf(':'))))
  const bare = names.map((name) => name.slice(name.indexOf(':') + 1))
  const kind = kinds.size === 1 ? nameKinds[[...kinds][0]!] : undefined
  const word = kind ?? 'name'
  const many = word === 'address' || word === 'email address' ? `${word}es` : `${word}s`
  return `the ${names.length === 1 ? word : many} ${listed(kind ? bare : names)}`
}

const dayMs = 86_400_000

/** A length of time in the unit that people would take; at least one minute. */
export function spanInWords(ms: number): string {
  const all = Math.abs(ms)
  const days = Math.round(all / dayMs)
  const years = Math.round(days / 365.25)
  if (years >= 1 && Math.abs(days - years * 365.25) <= 1.5) return years === 1 ? 'a year' : `${years} years`
  if (days > 1 || all === dayMs) return days === 1 ? '1 day' : `${days} days`
  const minutes = Math.max(1, Math.round(all / 60_000))
  const hours = Math.round(minutes / 60)
  if (minutes >= 120) return `${hours} hours`
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

export function difference<T>(from: readonly T[], to: readonly T[]): { lost: T[]; added: T[] } {
  const before = new Set(from)
  const after = new Set(to)
  return { lost: [...before].filter((one) => !after.has(one)), added: [...after].filter((one) => !before.has(one)) }
}
