import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import classes from './HeaderFields.module.css'

type Header = { name: string; value: string }
type Props = { headers: readonly Header[]; onChange: (headers: Header[]) => void }

/** The headers of a call, one line each. */
export function HeaderFields({ headers, onChange }: Props) {
  const set = (at: number, part: Partial<Header>) =>
    onChange(headers.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <fieldset className={classes.headers}>
      <legend>Headers</legend>
      {headers.map((header, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two headers may have the same name; their place is their identity
        <div key={at} className={classes.header}>
          <TextInput
            className={classes.name}
            aria-label={`Header ${at + 1} name`}
            value={header.name}
            spellCheck={false}
            onChange={(event) => set(at, { name: event.currentTarget.value })}
          />
          <div className={classes.value}>
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
              onClick={() => onChange(headers.filter((_, index) => index !== at))}
            >
              <IconX size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
          </div>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...headers, { name: '', value: '' }])}
      >
        Add header
      </Button>
    </fieldset>
  )
}
