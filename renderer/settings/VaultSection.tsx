import { Button } from '@mantine/core'
import { useDesk } from '../desk.ts'
import { go } from '../place.ts'
import { AutoLock } from './AutoLock.tsx'
import { DamageList } from './DamageList.tsx'
import classes from './Section.module.css'
import { Section } from './Section.tsx'
import { WaysIn } from './WaysIn.tsx'

/** Where keys rest, what opens the vault and what locks it. */
export function VaultSection() {
  const vault = useDesk((state) => state.vault)
  const settings = useDesk((state) => state.settings)
  if (!vault || !settings) return null
  return (
    <Section
      title="Vault and lock"
      says="Identities rest here, one file each; private keys are sealed, never in the clear."
    >
      {vault.state === 'open' ? (
        <>
          <DamageList />
          <WaysIn vault={vault} />
          <AutoLock lock={settings.lock} canLock={vault.ways.includes('passphrase')} />
        </>
      ) : (
        <div className={classes.row}>
          <p className={classes.words}>
            {vault.state === 'new' ? 'The vault has no passphrase yet.' : 'The vault is locked.'}
          </p>
          <Button variant="default" onClick={() => go({ room: 'identities' })}>
            {vault.state === 'new' ? 'Choose a passphrase' : 'Unlock'}
          </Button>
        </div>
      )}
    </Section>
  )
}
