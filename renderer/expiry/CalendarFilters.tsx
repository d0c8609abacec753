import { CloseButton, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { kindWords } from '../../shared/expiry/item-words.ts'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import classes from './CalendarRoom.module.css'
import { all, choicesOf, type Filter, type Grouping, groupings, groupingWords } from './calendar-rows.ts'

type Props = {
  items: readonly ExpiryItem[]
  filter: Filter
  onFilter: (filter: Filter) => void
  grouping: Grouping
  onGrouping: (grouping: Grouping) => void
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** What is shown of everything: by words, provider, environment and kind; and in which groups. */
export function CalendarFilters({ items, filter, onFilter, grouping, onGrouping }: Props) {
  const { providers, environments, kinds } = choicesOf(items)
  const pick = (name: 'provider' | 'environment' | 'kind') => (value: string | null) =>
    onFilter({ ...filter, [name]: value ?? all })
  return (
    <>
      <TextInput
        size="xs"
        aria-label="Search the calendar"
        placeholder="Search"
        className={classes.search}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
        rightSection={
          filter.text !== '' && (
            <CloseButton size="sm" aria-label="Clear search" onClick={() => onFilter({ ...filter, text: '' })} />
          )
        }
      />
      {providers.length > 1 && (
        <Select
          size="xs"
          aria-label="Provider"
          className={classes.choice}
          data={[{ value: all, label: 'All providers' }, ...providers]}
          value={filter.provider}
          onChange={pick('provider')}
          allowDeselect={false}
        />
      )}
      {environments.length > 1 && (
        <Select
          size="xs"
          aria-label="Environment"
          className={classes.choice}
          data={[{ value: all, label: 'All environments' }, ...environments]}
          value={filter.environment}
          onChange={pick('environment')}
          allowDeselect={false}
        />
      )}
      {kinds.length > 1 && (
        <Select
          size="xs"
          aria-label="Kind"
          className={classes.choice}
          data={[
            { value: all, label: 'All kinds' },
            ...kinds.map((kind) => ({ value: kind, label: capital(kindWords[kind].many) })),
          ]}
          value={filter.kind}
          onChange={pick('kind')}
          allowDeselect={false}
        />
      )}
      <Select
        size="xs"
        aria-label="Groups"
        className={classes.choice}
        data={groupings.map((value) => ({ value, label: groupingWords[value] }))}
        value={grouping}
        onChange={(value) => onGrouping((value as Grouping | null) ?? 'none')}
        allowDeselect={false}
      />
    </>
  )
}
