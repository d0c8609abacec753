import { Anchor, Button } from '@mantine/core'
import { IconLock, IconShieldLock } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { go } from '../place.ts'
import { NewPassphrase } from './NewPassphrase.tsx'
import classes from './VaultRoom.module.css'

/** Seconds that are left until `until`, counted down while anybody looks. */
function useCountdown(until: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (until <= Date.now()) return
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [until])
  return Math.max(0, Math.ceil((until - now) / 1000))
}

function Unlock() {
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [until, setUntil] = useState(0)
  const wait = useCountdown(until)
  const unlock = async (event: FormEvent) => {
    event.preventDefault()
    if (wait > 0) return
    setBusy(true)
    setProblem(null)
    const done = await desk.unlockVault({ passphrase })
    setBusy(false)
    if (!done.ok) {
      if (done.problem.code === 'vault.wait') setUntil(Date.now() + done.problem.seconds * 1000)
      else setPassphrase('')
      return setProblem(done.problem)
    }
    await refreshIdentities()
    useDesk.setState({ vault: done.value })
  }
  return (
    <form className={classes.form} onSubmit={unlock}>
      <SecretField label="Vault passphrase" value={passphrase} onChange={setPassphrase} autoFocus />
      {problem && (problem.code !== 'vault.wait' || wait > 0) && <ProblemNote problem={problem} />}
      <Button type="submit" loading={busy} disabled={passphrase === '' || wait > 0} className={classes.deed}>
        {wait > 0 ? `Unlock (${wait} s)` : 'Unlock'}
      </Button>
    </form>
  )
}

/** Only a keychain opens it, and it does not: nothing can be typed here. */
function KeychainLost() {
  const [busy, setBusy] = useState(false)
  const again = async () => {
    setBusy(true)
    const state = await desk.vaultState({})
    setBusy(false)
    if (!state.ok) return
    useDesk.setState({ vault: state.value })
    await refreshIdentities()
  }
  return (
    <div className={classes.form}>
      <ProblemNote problem={{ code: 'vault.keychain-lost' }} />
      <Button variant="default" loading={busy} className={classes.deed} onClick={() => void again()}>
        Try again
      </Button>
    </div>
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
          {vault?.ways.includes('passphrase') ? (
            <>
              <p className={classes.says}>Your identities rest in it, sealed by your passphrase.</p>
              <Unlock />
            </>
          ) : (
            <KeychainLost />
          )}
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
