import type { ExpiryItem, ItemKind } from './items.ts'
import { daysLeft } from './lifeline.ts'

/** The plain word, and the term of the trade where it is another one. */
export const kindWords: Record<ItemKind, { one: string; many: string; term?: string }> = {
  identity: { one: 'identity', many: 'identities' },
  issued: { one: 'issued certificate', many: 'issued certificates' },
  authority: { one: 'authority', many: 'authorities', term: 'CA' },
  crl: { one: 'revocation list', many: 'revocation lists', term: 'CRL' },
  'provider-ca': { one: 'provider CA', many: 'provider CAs' },
  server: { one: 'server certificate', many: 'server certificates' },
}

/** What to do about it in time, in one sentence. */
const todo: Record<ItemKind, string> = {
  identity: 'Renew it, so that calls go on.',
  issued: 'Issue a new one to whoever uses it.',
  authority: 'What it issued ends with it: make its successor.',
  crl: 'Sign a new list: who checks the old one then refuses every certificate.',
  'provider-ca': 'Ask the provider which CA comes after it, and keep that one too.',
  server: 'The provider renews it: who pins it needs the new one first.',
}

/** What has happened once it is over. */
const consequence: Record<ItemKind, string> = {
  identity: 'Calls with it are refused: renew it now.',
  issued: 'Whoever uses it is refused: issue a new one.',
  authority: 'Nothing that it issued is trusted any more.',
  crl: 'Who checks it refuses every certificate: sign a new list.',
  'provider-ca': 'What it vouches for is no longer trusted: get the provider’s new CA.',
  server: 'Calls to it fail until the provider has renewed it.',
}

/** The button that does it. */
export const verbs: Record<ItemKind, string> = {
  identity: 'Renew',
  issued: 'Open authority',
  authority: 'Open authority',
  crl: 'Open authority',
  'provider-ca': 'Open identity',
  server: 'Open test',
}

/** `in 29 days`, `within a day`, `today`: how far the end is, from elapsed days. */
export const inDays = (left: number): string =>
  left < 0
    ? left === -1
      ? 'less than a day ago'
      : `${-left - 1 === 1 ? '1 day' : `${-left - 1} days`} ago`
    : left === 0
      ? 'within a day'
      : left === 1
        ? 'in 1 day'
        : `in ${left} days`

type Named = Pick<ExpiryItem, 'kind' | 'name'>

const called = ({ kind, name }: Named): string =>
  kind === 'identity'
    ? `“${name}”`
    : kind === 'crl'
      ? `The revocation list of “${name}”`
      : `${upper(kindWords[kind].one)} “${name}”`

const upper = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** One line for a notification, a menu or a calendar: `“Acme live” expires in 30 days`. */
export function expiryLine(item: Named & { notAfter: string }, today: Date): string {
  const left = daysLeft(item.notAfter, today)
  return left < 0 ? `${called(item)} has expired` : `${called(item)} expires ${inDays(left)}`
}

/** The sentence below that line. */
export const expiryAdvice = ({ kind }: Named, expired: boolean): string => (expired ? consequence[kind] : todo[kind])
