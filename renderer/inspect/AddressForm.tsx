import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import classes from './InspectRoom.module.css'
import { useInspect } from './inspect-store.ts'

/** A server to ask for its chain. `onAsked` closes what the form stands in. */
export function AddressForm({ onAsked, autoFocus }: { onAsked?: () => void; autoFocus?: boolean }) {
  const open = useInspect((state) => state.open)
  const [address, setAddress] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (address.trim() === '') return
    void open({ by: 'address', address: address.trim() })
    onAsked?.()
  }
  return (
    <form className={classes.address} onSubmit={submit} aria-label="Ask a server">
      <TextInput
        className={classes.addressField}
        label="A server’s chain"
        description="Asks the server for its certificates over TLS; sends it no certificate"
        placeholder="api.example.com:443"
        value={address}
        maxLength={300}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        onChange={(event) => setAddress(event.currentTarget.value)}
        data-autofocus={autoFocus || undefined}
      />
      <Button type="submit" variant="default" disabled={address.trim() === ''}>
        Ask
      </Button>
    </form>
  )
}
