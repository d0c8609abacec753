import { Select } from '@mantine/core'
import { countryCodes } from '../../shared/providers/country.ts'
import fieldClasses from '../parts/Field.module.css'
import { FieldRule } from '../parts/Field.tsx'

type CountryFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  onLeave: () => void
  error: string | null
  optional: boolean
  rule?: string
  source?: { title: string; open: () => void }
}

const names = new Intl.DisplayNames(undefined, { type: 'region' })
const countries = countryCodes
  .map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` }))
  .sort((a, b) => a.label.localeCompare(b.label))

/** A country by its name or its two letters; what goes into the request is the code. */
export function CountryField({ label, value, onChange, onLeave, error, optional, rule, source }: CountryFieldProps) {
  return (
    <Select
      label={
        <>
          {label}
          {optional && <span className={fieldClasses.optional}> optional</span>}
        </>
      }
      aria-label={label}
      data={countries}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      onBlur={onLeave}
      error={error}
      searchable
      clearable={optional}
      selectFirstOptionOnChange
      placeholder="Name or two letters"
      nothingFoundMessage="No country of that name"
      maxDropdownHeight={240}
      limit={60}
      description={<FieldRule rule={rule} source={source} />}
    />
  )
}
