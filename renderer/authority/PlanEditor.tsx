import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { PlanRow } from '../../shared/authority/plan-row.ts'
import { afterPress } from '../parts/after-press.ts'
import classes from './Sign.module.css'
import { chooseRow, typing } from './sign-store.ts'

const uses = [
  { value: 'clientAuth', label: 'Client authentication' },
  { value: 'serverAuth', label: 'Server authentication' },
]
const usages = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement']
const hints: Partial<Record<PlanRow['edit'], string>> = {
  names: 'DNS:host.example, IP:192.0.2.1, email:…, URI:…, one a line',
  addresses: 'http or https, one a line',
}

function editedValue(edit: PlanRow['edit'], text: string): string[] {
  if (edit === 'text') return [text]
  if (edit === 'days') return [text.trim().replace(/^0+(?=\d)/, '')]
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** Where “Set” is typed. What is typed counts once the field is left, or at Enter. */
export function PlanEditor({ row }: { row: PlanRow }) {
  const { field, label, edit, set } = row
  const now = set.join('\n')
  const [text, setText] = useState(now)
  useEffect(() => setText(now), [now])
  const unsaid = (edit === 'text' || edit === 'days' || edit === 'names' || edit === 'addresses') && text !== now
  useEffect(() => typing(field, unsaid), [field, unsaid])
  useEffect(() => () => typing(field, false), [field])
  const put = (value: string[]) => chooseRow(field, 'set', value)
  const leave = () => {
    const value = editedValue(edit, text)
    // Typed otherwise, but the same: nothing to ask about.
    if (value.join('\n') === now) setText(now)
    else afterPress(() => put(value))
  }
  if (edit === 'uses' || edit === 'usages') {
    const offered = edit === 'uses' ? uses : usages.map((value) => ({ value, label: value }))
    return (
      <fieldset className={classes.picks}>
        <legend className="spoken">{label}</legend>
        {offered.map((one) => (
          <Checkbox
            key={one.value}
            size="xs"
            label={one.label}
            checked={set.includes(one.value)}
            onChange={(event) =>
              put(event.currentTarget.checked ? [...set, one.value] : set.filter((value) => value !== one.value))
            }
          />
        ))}
      </fieldset>
    )
  }
  if (edit === 'names' || edit === 'addresses') {
    return (
      <Textarea
        size="xs"
        aria-label={`${label}, to be issued`}
        description={hints[edit]}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={leave}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: 'mono' }}
      />
    )
  }
  return (
    <TextInput
      size="xs"
      w={edit === 'days' ? 110 : undefined}
      aria-label={edit === 'days' ? 'Days' : `${label}, to be issued`}
      rightSection={edit === 'days' ? <span className="quiet">days</span> : undefined}
      rightSectionWidth={edit === 'days' ? 40 : undefined}
      inputMode={edit === 'days' ? 'numeric' : undefined}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
      spellCheck={false}
    />
  )
}
