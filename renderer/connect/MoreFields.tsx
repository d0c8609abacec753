import { ActionIcon, Button, NativeSelect, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './CallForm.module.css'
import type { CallForm, Header } from './call-form.ts'
import { useConnect } from './connect-store.ts'

const methods: CallForm['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']

function Headers() {
  const headers = useConnect((state) => state.form.headers)
  const change = useConnect((state) => state.change)
  const set = (at: number, part: Partial<Header>) =>
    change({ headers: headers.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  return (
    <fieldset className={classes.headers}>
      <legend>Headers</legend>
      {headers.map((header, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two headers may have the same name; their place is their identity
        <div key={at} className={classes.header}>
          <TextInput
            aria-label={`Header ${at + 1} name`}
            value={header.name}
            spellCheck={false}
            onChange={(event) => set(at, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Header ${at + 1} value`}
            value={header.value}
            spellCheck={false}
            onChange={(event) => set(at, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove header ${header.name || at + 1}`}
            onClick={() => change({ headers: headers.filter((_, index) => index !== at) })}
          >
            <IconX size={15} stroke={1.6} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => change({ headers: [...headers, { name: '', value: '' }] })}
      >
        Add header
      </Button>
    </fieldset>
  )
}

/** Method, headers and body: filled in by the provider's first call, so folded until wanted. */
export function MoreFields() {
  const method = useConnect((state) => state.form.method)
  const body = useConnect((state) => state.form.body)
  const count = useConnect((state) => state.form.headers.length)
  const change = useConnect((state) => state.change)
  const [open, setOpen] = useState(false)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return (
    <div>
      <UnstyledButton className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} aria-hidden />
        <span>Method, headers, body</span>
        <span className="quiet">
          {method}
          {count > 0 && `, ${count} ${count === 1 ? 'header' : 'headers'}`}
          {hasBody && body !== '' && ', body'}
        </span>
      </UnstyledButton>
      {open && (
        <div className={classes.moreFields}>
          <NativeSelect
            label="Method"
            data={methods}
            value={method}
            onChange={(event) => change({ method: event.currentTarget.value as CallForm['method'] })}
          />
          <Headers />
          {hasBody && (
            <Textarea
              label="Body"
              autosize
              minRows={3}
              maxRows={10}
              spellCheck={false}
              classNames={{ input: 'mono' }}
              value={body}
              onChange={(event) => change({ body: event.currentTarget.value })}
            />
          )}
        </div>
      )}
    </div>
  )
}
