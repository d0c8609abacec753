import type { ConversionRow, ConversionWish } from '../../shared/calls/conversion.ts'
import { formOf } from '../../shared/pki/convert-forms.ts'

/** Only what the form has a place for: choices made for another one do not count. */
export function wishFor({ to, readers, keys, together }: ConversionWish): ConversionWish {
  const form = formOf(to)
  const fitting = form.keys === 'open' ? 'open' : form.keys === 'must' && keys === 'leave-out' ? 'protect' : keys
  return {
    to,
    readers: to === 'p12' || to === 'truststore' ? readers : 'modern',
    keys: form.locked && form.keys === 'must' ? 'protect' : fitting,
    together: form.together && together,
  }
}

/** A passphrase has to be given before anything is written. */
export const asksPassphrase = (wish: ConversionWish, rows: readonly ConversionRow[]): boolean => {
  const form = formOf(wish.to)
  const ready = rows.filter(({ state }) => state === 'ready')
  return ready.length > 0 && (form.locked || (wish.keys === 'protect' && ready.some(({ secret }) => secret)))
}

const files = (count: number) => `${count.toLocaleString()} ${count === 1 ? 'file' : 'files'}`

/** `12 files will be written, 3 of them with a private key; 2 are locked, 1 cannot be converted`. */
export function previewSays(rows: readonly ConversionRow[], together: boolean): string {
  const of = (state: ConversionRow['state']) => rows.filter((row) => row.state === state)
  const [ready, locked, refused] = [of('ready'), of('locked'), of('refused')]
  const secret = ready.filter((row) => row.secret).length
  const written =
    ready.length === 0
      ? 'Nothing would be written'
      : together
        ? `One file would be written, out of ${files(ready.length)}`
        : `${files(ready.length)} would be written`
  const keys = secret > 0 ? `, ${secret === ready.length ? 'all' : secret} with a private key` : ''
  const rest = [
    locked.length > 0 && `${files(locked.length)} locked`,
    refused.length > 0 && `${files(refused.length)} left as ${refused.length === 1 ? 'it is' : 'they are'}`,
  ].filter(Boolean)
  return `${written}${keys}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}`
}

const order = { locked: 0, refused: 1, ready: 2 } as const

/** A file that holds nothing for the form is no trouble: it stands last. */
const rankOf = ({ state, code }: ConversionRow): number => (code === 'convert.nothing-for' ? 3 : order[state])

/** What wants a look first: locked, then refused, then what goes well; each in the order of the drop. */
export const inOrderOfNeed = (rows: readonly ConversionRow[]): ConversionRow[] =>
  [...rows].sort((a, b) => rankOf(a) - rankOf(b))
