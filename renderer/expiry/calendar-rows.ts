import { kindWords } from '../../shared/expiry/item-words.ts'
import { byEnd, type ExpiryItem, type ItemKind, itemState } from '../../shared/expiry/items.ts'

export const all = 'all'

export type Filter = {
  provider: string
  environment: string
  kind: ItemKind | typeof all
  text: string
}

export const noFilter: Filter = { provider: all, environment: all, kind: all, text: '' }

export const groupings = ['none', 'kind', 'provider', 'month'] as const
export type Grouping = (typeof groupings)[number]

export const groupingWords: Record<Grouping, string> = {
  none: 'Not grouped',
  kind: 'By kind',
  provider: 'By provider',
  month: 'By month of expiry',
}

export type Row =
  | { row: 'group'; id: string; name: string; count: number }
  | { row: 'item'; id: string; item: ExpiryItem }

/** Passes every word of the search, in any of what is known of an item by name. */
export function passing(items: readonly ExpiryItem[], { provider, environment, kind, text }: Filter): ExpiryItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter((item) => {
    if (provider !== all && item.provider !== provider) return false
    if (environment !== all && item.environment !== environment) return false
    if (kind !== all && item.kind !== kind) return false
    if (words.length === 0) return true
    const { name, providerName, environmentName, usedBy } = item
    const told = [name, providerName, environmentName, kindWords[item.kind].one, ...usedBy].join(' ').toLowerCase()
    return words.every((word) => told.includes(word))
  })
}

const month = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' })

/** Name of an item's group, and a key that sorts the groups. */
function groupOf(item: ExpiryItem, by: Grouping, today: Date): { key: string; name: string } {
  switch (by) {
    case 'kind': {
      const order: ItemKind[] = ['identity', 'issued', 'authority', 'crl', 'provider-ca', 'server']
      const { many, term } = kindWords[item.kind]
      const name = `${many.charAt(0).toUpperCase()}${many.slice(1)}${term ? ` (${term})` : ''}`
      return { key: String(order.indexOf(item.kind)), name }
    }
    case 'provider':
      return { key: item.providerName?.toLowerCase() ?? '\uffff', name: item.providerName ?? 'Without a provider' }
    case 'month': {
      const state = itemState(item, today)
      if (item.notAfter === undefined) return { key: '9999-13', name: 'Without an end' }
      if (state === 'replaced' || state === 'revoked') return { key: '9999-14', name: 'Replaced or revoked' }
      if (state === 'expired') return { key: '0000', name: 'Expired' }
      return { key: item.notAfter.slice(0, 7), name: month.format(new Date(item.notAfter)) }
    }
    default:
      return { key: '', name: '' }
  }
}

/**
 * The lines of the calendar: nearest end first, in groups where they are wished, and what belongs to the practice provider
 * apart, at the end.
 */
export function calendarRows(items: readonly ExpiryItem[], by: Grouping, today: Date): Row[] {
  const sorted = [...items].sort(byEnd)
  const groups = new Map<string, { name: string; items: ExpiryItem[] }>()
  const practice: ExpiryItem[] = []
  for (const item of sorted) {
    if (item.practice) {
      practice.push(item)
      continue
    }
    const { key, name } = groupOf(item, by, today)
    const group = groups.get(key)
    if (group) group.items.push(item)
    else groups.set(key, { name, items: [item] })
  }
  const rows: Row[] = []
  const add = (key: string, name: string, members: readonly ExpiryItem[]) => {
    if (name !== '') rows.push({ row: 'group', id: `group ${key}`, name, count: members.length })
    for (const item of members) rows.push({ row: 'item', id: item.id, item })
  }
  for (const [key, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    add(key, group.name, group.items)
  if (practice.length > 0) add('practice', 'Practice: nothing outside depends on these', practice)
  return rows
}

/** Providers and environments that occur, by name. */
export function choicesOf(items: readonly ExpiryItem[]) {
  const named = (pick: (item: ExpiryItem) => [string | null, string | null]) =>
    [
      ...new Map(
        items.flatMap((item) => {
          const [value, label] = pick(item)
          return value === null ? [] : [[value, label ?? value] as const]
        }),
      ),
    ]
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label))
  return {
    providers: named(({ provider, providerName }) => [provider, providerName]),
    environments: named(({ environment, environmentName }) => [environment, environmentName]),
    kinds: [...new Set(items.map(({ kind }) => kind))],
  }
}
