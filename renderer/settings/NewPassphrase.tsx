import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { say } from '../parts/say.ts'
import classes from './VaultRoom.module.css'

type NewPassphraseProps = { verb: string; onDone?: () => void }

/** A new passphrase for the vault, typed twice: nobody can bring it back. */
export function NewPassphrase({ verb, onDone }: NewPassphraseProps) {
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [leftAgain, setLeftAgain] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const differs = again !== passphrase
  const set = async (event: FormEvent) => {
    event.preventDefault()
    setLeftAgain(true)
    if (differs || passphrase === '') return
    setBusy(true)
    setProblem(null)
    const done = await desk.setVaultPassphrase({ passphrase })
    setBusy(false)
    if (!done.ok) return setProblem(done.problem)
    await refreshIdentities()
    useDesk.setState({ vault: done.value })
    say('Vault passphrase set')
    onDone?.()
  }
  return (
    <form className={classes.form} onSubmit={set}>
      <SecretField
        label="New passphrase"
        value={passphrase}
        onChange={setPassphrase}
        hint="Several words are strong and easy to remember."
        autoFocus
      />
      <SecretField
        label="The same again"
        value={again}
        onChange={setAgain}
        onLeave={() => setLeftAgain(again !== '')}
        error={leftAgain && differs ? 'The two are not the same.' : null}
        hint="Nobody can bring it back if it is lost: the keys would have to be made anew."
      />
      {problem && <ProblemNote problem={problem} />}
      <Button type="submit" loading={busy} disabled={passphrase === '' || again === ''} className={classes.deed}>
        {verb}
      </Button>
    </form>
  )
}
