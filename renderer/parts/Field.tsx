import { Anchor, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode, Ref } from 'react'
import classes from './Field.module.css'

type FieldProps = {
  label: string
  value: string
  onChange?: (value: string) => void
  /** Called when the field is left: the moment to say what is wrong. */
  onLeave?: () => void
  error?: string | null
  /** The rule in the provider's words or ours, under the field. */
  rule?: ReactNode
  /** Title of the page the rule comes from, and how to open it. */
  source?: { title: string; open: () => void }
  /** Why the value is fixed; the field then cannot be changed. */
  locked?: string
  placeholder?: string
  optional?: boolean
  mono?: boolean
  autoFocus?: boolean
  inputRef?: Ref<HTMLInputElement>
  rightSection?: ReactNode
}

/** The small print of a field: its rule and where the rule is written. */
export function FieldRule({ rule, source }: Pick<FieldProps, 'rule' | 'source'>) {
  if (!rule && !source) return null
  return (
    <span className={classes.rule}>
      {rule}
      {rule && source && ' '}
      {source && (
        <Anchor component="button" type="button" fz={12} onClick={source.open} aria-label={`Rule: ${source.title}`}>
          {source.title}
        </Anchor>
      )}
    </span>
  )
}

/** One line of text with its rule and source. Locked fields show their value and why it cannot change. */
export function Field(props: FieldProps) {
  const { label, value, onChange, onLeave, error, rule, source, locked, placeholder, optional, mono } = props
  return (
    <TextInput
      ref={props.inputRef}
      label={
        <>
          {label}
          {optional && <span className={classes.optional}> optional</span>}
        </>
      }
      aria-label={label}
      value={value}
      onChange={(event) => onChange?.(event.currentTarget.value)}
      onBlur={onLeave}
      error={error}
      readOnly={locked !== undefined}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      data-autofocus={props.autoFocus || undefined}
      autoFocus={props.autoFocus}
      rightSection={locked === undefined ? props.rightSection : <IconLock size={15} stroke={1.6} aria-hidden />}
      description={<FieldRule rule={locked ?? rule} source={source} />}
      classNames={{ input: `${mono ? 'mono' : ''} ${locked === undefined ? '' : classes.locked}` }}
    />
  )
}
