import { Button } from '@mantine/core'
import { useState } from 'react'
import { desk, useDesk } from '../desk.ts'
import { whereKept } from '../parts/SecretLine.tsx'
import { say } from '../parts/say.ts'
import { go } from '../place.ts'
import { NewPassphrase } from './NewPassphrase.tsx'
import classes from './Section.module.css'
import { Section } from './Section.tsx'

/** Where keys rest, and the passphrase where there is one. */
export function VaultSection() {
  const vault = useDesk((state) => state.vault)
  const [changing, setChanging] = useState(false)
  if (!vault) return null
  const byPassphrase = vault.keptBy === 'passphrase'
  const open = vault.state === 'open'
  const lock = async () => {
    const done = await desk.lockVault({})
    if (!done.ok) return
    useDesk.setState({ vault: done.value })
    say('Vault locked')
  }
  return (
    <Section title="Vault and lock" says="Identities rest here, one file each; private keys are sealed.">
      <p className={classes.words}>
        {vault.state === 'new'
          ? 'The vault has no passphrase yet.'
          : `Private keys: ${whereKept(vault.keptBy ?? 'keychain', vault.keychain)}, never in the clear.`}
      </p>
      {changing ? (
        <NewPassphrase verb={byPassphrase ? 'Change passphrase' : 'Set passphrase'} onDone={() => setChanging(false)} />
      ) : (
        <div className={classes.row}>
          {open && (
            <Button variant="default" onClick={() => setChanging(true)}>
              {byPassphrase ? 'Change passphrase…' : 'Set a passphrase…'}
            </Button>
          )}
          {open && byPassphrase && (
            <Button variant="default" onClick={lock}>
              Lock now
            </Button>
          )}
          {!open && (
            <Button variant="default" onClick={() => go({ room: 'identities' })}>
              {vault.state === 'new' ? 'Choose a passphrase' : 'Unlock'}
            </Button>
          )}
        </div>
      )}
    </Section>
  )
}
