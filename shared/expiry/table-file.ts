import { type ExpiryItem, itemState } from './items.ts'
import { daysLeft } from './lifeline.ts'

/** One item as a line for scripts: names are a promise, more may come, none goes. */
export type ExpiryLine = {
  id: string
  kind: ExpiryItem['kind']
  name: string
  provider: string | null
  environment: string | null
  state: ReturnType<typeof itemState>
  notBefore: string | null
  notAfter: string | null
  renewFrom: string | null
  daysLeft: number | null
  practice: boolean
  usedBy: string[]
}

export function expiryLineOf(item: ExpiryItem, today: Date): ExpiryLine {
  const { id, kind, name, provider, environment, notBefore, notAfter, renewFrom, practice, usedBy } = item
  return {
    id,
    kind,
    name,
    provider,
    environment,
    state: itemState(item, today),
    notBefore: notBefore ?? null,
    notAfter: notAfter ?? null,
    renewFrom: renewFrom ?? null,
    daysLeft: notAfter === undefined ? null : daysLeft(notAfter, today),
    practice,
    usedBy,
  }
}

export const jsonFile = (items: readonly ExpiryItem[], today: Date): string =>
  `${JSON.stringify({ at: today.toISOString(), items: items.map((item) => expiryLineOf(item, today)) }, null, 2)}\n`

const columns = [
  'kind',
  'name',
  'provider',
  'environment',
  'state',
  'notBefore',
  'notAfter',
  'renewFrom',
  'daysLeft',
  'usedBy',
  'id',
] as const satisfies (keyof ExpiryLine)[]

/** RFC 4180, with a first line of names. */
export function csvFile(items: readonly ExpiryItem[], today: Date): string {
  const rows = items.map((item) => {
    const line = expiryLineOf(item, today)
    return columns.map((column) => csvCell(line[column]))
  })
  return [columns.join(','), ...rows.map((row) => row.join(','))].map((line) => `${line}\r\n`).join('')
}

function csvCell(value: ExpiryLine[keyof ExpiryLine]): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = Array.isArray(value) ? value.join('; ') : String(value)
  // A name out of somebody's certificate may not become a formula of whoever opens the table.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
