import type { z } from 'zod'
import { inDays, kindWords } from '../../shared/expiry/item-words.ts'
import type { ExpiringOut } from './output-expiry.ts'
import { type Paint, plain } from './print.ts'

type Out = z.infer<typeof ExpiringOut>

const width = 60

/** Of a file nobody knows what it is to whom. */
const inFiles: Partial<Record<Out['items'][number]['kind'], string>> = {
  issued: 'certificate',
  'provider-ca': 'CA certificate',
}

/** One line an item, nearest end first, and what was looked at in all. */
export function expiringText(
  { items, count, withinDays, files, damaged, problems }: Out,
  looked: number,
  paint: Paint,
) {
  const lines = items.map(({ kind, name, provider, environment, notAfter, daysLeft, usedBy }) => {
    const left = daysLeft ?? 0
    const word = left < 0 ? `expired ${inDays(left)}` : `expires ${inDays(left)}`
    const belongs = [provider, environment].filter(Boolean).join(' ') || someOf(usedBy)
    const inFile = provider === null && usedBy.length > 0
    const what = (inFile && inFiles[kind]) || kindWords[kind].one
    return [
      paint(word.padEnd(28), left < 0 ? 'bad' : 'soon'),
      notAfter?.slice(0, 10) ?? '',
      plain(name).slice(0, width),
      paint(`${what}${belongs ? `, ${plain(belongs)}` : ''}`, 'quiet'),
    ].join('  ')
  })
  const things = `${looked} ${looked === 1 ? 'thing' : 'things'}`
  const summary =
    count === 0
      ? `Nothing of ${things} expires within ${days(withinDays)}.`
      : `${count} of ${things} expire within ${days(withinDays)}.`
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    paint(summary, count === 0 ? 'good' : 'strong'),
    ...files.map((file) => `Written: ${plain(file)}`),
    ...damaged.map((name) => paint(`Could not be read: ${plain(name)}`, 'bad')),
    ...problems.map(({ file, title }) => paint(`${plain(file)}: ${plain(title)}`, 'bad')),
  ].join('\n')
}

/** The same root lies in a system's store four times and more. */
const someOf = (names: readonly string[]) =>
  names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
