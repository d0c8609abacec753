import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { words } from '../../shared/phrasebook.ts'
import type { Problem } from '../../shared/problems.ts'
import { SecretField } from '../parts/SecretField.tsx'
import { say } from '../parts/say.ts'
import { useInspect } from './inspect-store.ts'
import classes from './ObjectPane.module.css'

/** The passphrase is tried on all that is locked, so a refusal speaks of all of it. */
const refusalWords = (problem: Problem, locked: number): string =>
  problem.code === 'key.passphrase-wrong' && locked > 1
    ? `This passphrase opens none of the ${locked.toLocaleString()} locked objects`
    : words(problem).title

const lockedNow = (): ReadonlySet<string> => {
  const { screen } = useInspect.getState()
  return screen.at === 'showing' ? screen.listing.locked : new Set()
}

/** The field that opens a locked object, and all others with the same passphrase. `locked`: how many there are. */
export function UnlockForm({ id, locked }: { id: string; locked: number }) {
  const unlock = useInspect((state) => state.unlock)
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setRefusal(null)
    const problem = await unlock(passphrase)
    setBusy(false)
    if (problem) {
      setRefusal(refusalWords(problem, locked))
      return
    }
    const still = lockedNow()
    const opened = `${locked - still.size} of ${locked}`
    if (locked > 1) say(`Opened ${opened} locked objects`)
    if (still.has(id)) setRefusal(`It opens ${opened} locked objects; this one has another passphrase`)
  }

  const hint =
    locked > 1
      ? `Tried on all ${locked.toLocaleString()} locked objects, then forgotten. Empty is a passphrase too.`
      : 'Used to read the object here, then forgotten. Empty is a passphrase too.'
  return (
    <form
      className={classes.unlock}
      onSubmit={submit}
      aria-label="Unlock"
      data-problem={refusal ? 'key.passphrase-wrong' : 'key.passphrase-needed'}
    >
      <IconLock size={18} stroke={1.7} aria-hidden />
      <div className={classes.unlockField}>
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value)
            setRefusal(null)
          }}
          error={refusal}
          hint={refusal ? undefined : hint}
        />
      </div>
      <Button type="submit" loading={busy}>
        Unlock
      </Button>
    </form>
  )
}
