import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ConversionRow } from '../../shared/calls/conversion.ts'
import { words } from '../../shared/phrasebook.ts'
import { SecretField } from '../parts/SecretField.tsx'
import classes from './ConvertDialog.module.css'
import { useInspect } from './inspect-store.ts'

/** Opens what is locked among the files, one passphrase after the other; each is tried on all of them. */
export function ConversionUnlock({ rows }: { rows: readonly ConversionRow[] }) {
  const unlock = useInspect((state) => state.unlock)
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const locked = rows.filter(({ state }) => state === 'locked').length

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const problem = await unlock(passphrase)
    setBusy(false)
    setRefusal(problem ? words(problem).title : null)
    if (!problem) setPassphrase('')
  }
  return (
    <form className={classes.unlock} onSubmit={(event) => void submit(event)} aria-label="Unlock files">
      <div className={classes.grow}>
        <SecretField
          label={`Passphrase of ${locked === 1 ? 'the locked file' : `${locked.toLocaleString()} locked files`}`}
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value)
            setRefusal(null)
          }}
          error={refusal}
          hint={refusal ? undefined : 'Tried on all of them. Ask again for those that have another one.'}
        />
      </div>
      <Button type="submit" variant="default" loading={busy}>
        Unlock
      </Button>
    </form>
  )
}
