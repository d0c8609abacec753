import { Button, Select } from '@mantine/core'
import type { IdentitySummary } from '../../shared/identity.ts'
import classes from './FilterBar.module.css'
import { environmentKey, type Filter, filterCount, tagsOf } from './identity-filter.ts'
import { useList } from './list-store.ts'

const states: [NonNullable<Filter['state']>, string][] = [
  ['requested', 'Requested'],
  ['ready', 'Ready'],
  ['expiring', 'Expires soon'],
  ['expired', 'Expired'],
  ['renewing', 'Being renewed'],
  ['replaced', 'Replaced'],
  ['revoked', 'Revoked'],
]

type ChoiceProps = {
  label: string
  all: string
  value: string | undefined
  data: { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}

function Choice({ label, all, value, data, onChange }: ChoiceProps) {
  return (
    <Select
      size="xs"
      aria-label={label}
      className={classes.choice}
      data={[{ value: '', label: all }, ...data]}
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen || undefined)}
      allowDeselect={false}
      data-set={value !== undefined || undefined}
    />
  )
}

/** Narrows the list, each choice by what there is. */
export function FilterBar({ identities, shown }: { identities: IdentitySummary[]; shown: number }) {
  const { filter, setFilter, clearFilter, search } = useList()
  const providers = [...new Map(identities.map((one) => [one.provider, one.providerName]))]
  const environments = new Map(
    identities
      .filter((one) => filter.provider === undefined || one.provider === filter.provider)
      .map((one) => [
        environmentKey(one),
        filter.provider === undefined ? `${one.providerName}, ${one.environmentName}` : one.environmentName,
      ]),
  )
  const tags = tagsOf(identities)
  const options = (pairs: Iterable<[string, string]>) => [...pairs].map(([value, label]) => ({ value, label }))
  return (
    <search className={classes.bar} aria-label="Filter">
      <Choice
        label="Provider"
        all="All providers"
        value={filter.provider}
        data={options(providers)}
        onChange={(provider) => setFilter({ provider, environment: undefined })}
      />
      <Choice
        label="Environment"
        all="All environments"
        value={filter.environment}
        data={options(environments)}
        onChange={(environment) => setFilter({ environment })}
      />
      <Choice
        label="State"
        all="Any state"
        value={filter.state}
        data={options(states)}
        onChange={(state) => setFilter({ state: state as Filter['state'] })}
      />
      {identities.some(({ practice }) => practice) && (
        <Choice
          label="Practice"
          all="Real and practice"
          value={filter.practice}
          data={options([
            ['none', 'Without practice'],
            ['only', 'Practice only'],
          ])}
          onChange={(practice) => setFilter({ practice: practice as Filter['practice'] })}
        />
      )}
      {tags.length > 0 && (
        <Choice
          label="Tag"
          all="Any tag"
          value={filter.tag}
          data={options(tags.map((tag) => [tag, tag]))}
          onChange={(tag) => setFilter({ tag })}
        />
      )}
      <span className={classes.count} role="status">
        {shown === identities.length
          ? `All ${shown.toLocaleString()}`
          : `${shown.toLocaleString()} of ${identities.length.toLocaleString()}`}
      </span>
      {(filterCount(filter) > 0 || search !== '') && (
        <Button size="compact-sm" variant="subtle" onClick={clearFilter}>
          Show all
        </Button>
      )}
    </search>
  )
}
