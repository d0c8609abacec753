import { PasswordInput } from '@mantine/core'
import type { Ref } from 'react'

type SecretFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  onLeave?: () => void
  error?: string | null
  hint?: string
  autoFocus?: boolean
  inputRef?: Ref<HTMLInputElement>
}

/** A passphrase or another secret: hidden while typed, shown on demand, never offered to be remembered. */
export function SecretField({ label, value, onChange, onLeave, error, hint, autoFocus, inputRef }: SecretFieldProps) {
  return (
    <PasswordInput
      ref={inputRef}
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onLeave}
      error={error}
      description={hint}
      autoComplete="off"
      spellCheck={false}
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed', tabIndex: 0 }}
    />
  )
}
