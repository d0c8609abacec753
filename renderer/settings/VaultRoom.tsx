import { Anchor, Button } from '@mantine/core'
import { IconLock, IconShieldLock } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { go } from '../place.ts'
import { NewPassphrase } from './NewPassphrase.tsx'
import classes from './VaultRoom.module.css'

function Unlock() {
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const unlock = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    const done = await desk.unlockVault({ passphrase })
    setBusy(false)
    if (!done.ok) {
      setPassphrase('')
      return setProblem(done.problem)
    }
    await refreshIdentities()
    useDesk.setState({ vault: done.value })
  }
  return (
    <form className={classes.form} onSubmit={unlock}>
      <SecretField label="Vault passphrase" value={passphrase} onChange={setPassphrase} autoFocus />
      {problem && <ProblemNote problem={problem} />}
      <Button type="submit" loading={busy} disabled={passphrase === ''} className={classes.deed}>
        Unlock
      </Button>
    </form>
  )
}

/** In the place of a room that needs the vault: its first passphrase, or the way in. */
export default function VaultRoom() {
  const vault = useDesk((state) => state.vault)
  const isNew = vault?.state === 'new'
  const Glyph = isNew ? IconShieldLock : IconLock
  return (
    <div className={classes.room}>
      <Glyph size={32} stroke={1.2} aria-hidden />
      {isNew ? (
        <>
          <h1 className={classes.title}>Choose a vault passphrase</h1>
          <p className={classes.says}>
            This computer offers no keychain that Countersign could use. Private keys are never stored in the clear, so
            a passphrase of yours seals them. It is asked for once each time the app starts.
          </p>
          <NewPassphrase verb="Create the vault" />
        </>
      ) : (
        <>
          <h1 className={classes.title}>The vault is locked</h1>
          <p className={classes.says}>Your identities rest in it, sealed by your passphrase.</p>
          <Unlock />
        </>
      )}
      <p className={classes.meanwhile}>
        Looking into files works without the vault.{' '}
        <Anchor component="button" type="button" onClick={() => go({ room: 'inspect' })}>
          Inspect files
        </Anchor>
      </p>
    </div>
  )
}
