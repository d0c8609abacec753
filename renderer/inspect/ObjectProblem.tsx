import { Button } from '@mantine/core'
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { words } from '../../shared/phrasebook.ts'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import type { Problem } from '../../shared/problems.ts'
import { SecretField } from '../parts/SecretField.tsx'
import { useInspect } from './inspect-store.ts'
import classes from './ObjectPane.module.css'
import { isLocked } from './object-words.ts'

/** Why an object could not be read, and the field that answers it where a passphrase is missing. */
export function ObjectProblem({ object, canUnlock }: { object: InspectedObject; canUnlock: boolean }) {
  if (isLocked(object) && canUnlock) return <Unlock key={object.id} object={object} />
  const { problem } = object
  if (!problem) return null
  return (
    <div className={classes.problem} role="alert" data-problem={problem.code}>
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <div>
        {/* Of an unknown object the title is the headline already. */}
        {object.kind !== 'unknown' && <p className={classes.problemTitle}>{problem.title}</p>}
        <p>{problem.next}</p>
      </div>
    </div>
  )
}

/** The passphrase is tried on all that is locked, so a refusal speaks of all of it. */
function refusalWords(problem: Problem): string {
  const { screen } = useInspect.getState()
  const locked = screen.at === 'showing' ? screen.inspection.objects.filter(isLocked).length : 0
  if (problem.code !== 'key.passphrase-wrong' || locked < 2) return words(problem).title
  return `This passphrase opens none of the ${locked} locked objects`
}

function Unlock({ object }: { object: InspectedObject }) {
  const unlock = useInspect((state) => state.unlock)
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const stillWrong = tried && object.problem?.code === 'key.passphrase-wrong' ? object.problem.title : null

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setRefusal(null)
    const problem = await unlock(passphrase)
    setBusy(false)
    setTried(true)
    if (problem) setRefusal(refusalWords(problem))
  }

  return (
    <form className={classes.unlock} onSubmit={submit} aria-label="Unlock">
      <IconLock size={18} stroke={1.7} aria-hidden />
      <div className={classes.unlockField}>
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value)
            setTried(false)
            setRefusal(null)
          }}
          error={refusal ?? stillWrong}
          hint={
            refusal || stillWrong
              ? undefined
              : 'Used to read the object here, then forgotten. Empty is a passphrase too.'
          }
        />
      </div>
      <Button type="submit" loading={busy}>
        Unlock
      </Button>
    </form>
  )
}
