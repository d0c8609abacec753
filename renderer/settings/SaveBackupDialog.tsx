import { Button, Group, Modal } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { say } from '../parts/say.ts'
import classes from './VaultRoom.module.css'

/** A passphrase for one file that holds everything: typed twice, because nobody can bring it back. */
export function SaveBackupDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Save a backup" size="md" withCloseButton={false}>
      {opened && <SaveBackup onClose={onClose} />}
    </Modal>
  )
}

function SaveBackup({ onClose }: { onClose: () => void }) {
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [left, setLeft] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const differs = again !== passphrase
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setLeft(true)
    if (differs || passphrase === '') return
    setBusy(true)
    setProblem(null)
    const done = await desk.saveBackup({ passphrase })
    setBusy(false)
    if (!done.ok) return setProblem(done.problem)
    const { saved, records } = done.value
    if (saved === null) return
    say(`Saved ${records} ${records === 1 ? 'record' : 'records'}`)
    onClose()
  }
  return (
    <form className={classes.form} onSubmit={save}>
      <p className={classes.meant}>
        One encrypted file with all identities, authorities, issued certificates and keys. Without Countersign, OpenSSL
        opens it too.
      </p>
      <SecretField
        label="Passphrase of this backup"
        value={passphrase}
        onChange={setPassphrase}
        hint="Whoever has the file and this passphrase has every key. It need not be the vault’s."
        autoFocus
      />
      <SecretField
        label="The same again"
        value={again}
        onChange={setAgain}
        onLeave={() => setLeft(again !== '')}
        error={left && differs ? 'The two are not the same.' : null}
      />
      {problem && <ProblemNote problem={problem} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={passphrase === '' || again === ''}>
          Save…
        </Button>
      </Group>
    </form>
  )
}
