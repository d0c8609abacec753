import { Button, Group, Modal } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import { type BackupItem, type BackupPreview, usualChoice } from '../../shared/vault/backup.ts'
import { desk, refreshIdentities } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { say } from '../parts/say.ts'
import { RestoreTable, type Take } from './RestoreTable.tsx'
import classes from './VaultRoom.module.css'

type Opened = Exclude<Output<'openBackup'>, { outcome: 'cancelled' }>

type RestoreDialogProps = { opened: Opened | null; onOpened: (opened: Opened) => void; onClose: () => void }

/** What a backup holds beside what is here, and what to take of it. */
export function RestoreDialog({ opened, onOpened, onClose }: RestoreDialogProps) {
  const close = () => {
    if (opened?.outcome === 'open') void desk.closeBackup({ backup: opened.preview.backup })
    onClose()
  }
  return (
    <Modal opened={opened !== null} onClose={close} title="Restore from a backup" size="xl" withCloseButton={false}>
      {opened?.outcome === 'locked' && <Locked locked={opened} onOpened={onOpened} onClose={close} />}
      {opened?.outcome === 'open' && <Preview preview={opened.preview} onClose={close} />}
    </Modal>
  )
}

type LockedProps = {
  locked: Extract<Opened, { outcome: 'locked' }>
  onOpened: (opened: Opened) => void
  onClose: () => void
}

function Locked({ locked, onOpened, onClose }: LockedProps) {
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const unlock = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    const opened = await desk.openBackup({ from: 'again', passphrase })
    setBusy(false)
    if (!opened.ok) return setProblem(opened.problem)
    if (opened.value.outcome !== 'cancelled') onOpened(opened.value)
  }
  return (
    <form className={classes.form} onSubmit={unlock}>
      <p className={classes.meant}>
        {locked.name}, made <DateText iso={locked.madeAt} withTime />, with {locked.records}{' '}
        {locked.records === 1 ? 'record' : 'records'}.
      </p>
      <SecretField label="Passphrase of this backup" value={passphrase} onChange={setPassphrase} autoFocus />
      {problem && <ProblemNote problem={problem} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={passphrase === ''}>
          Open
        </Button>
      </Group>
    </form>
  )
}

const keyOf = ({ kind, id }: Pick<BackupItem, 'kind' | 'id'>) => `${kind} ${id}`
const counted = (count: number, what: string) => (count === 0 ? [] : [`${count} ${what}`])

function Preview({ preview, onClose }: { preview: BackupPreview; onClose: () => void }) {
  const { backup, items, madeAt } = preview
  const [takes, setTakes] = useState(() => new Map(items.map((item) => [keyOf(item), usualChoice(item)])))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const take = (item: BackupItem, choice: Take) => setTakes(new Map([...takes, [keyOf(item), choice]]))
  const chosen = items.filter((item) => takes.get(keyOf(item)) !== 'mine')
  const count = (is: BackupItem['is']) => items.filter((item) => item.is === is).length
  const says = [
    ...counted(count('new'), 'not here'),
    ...counted(count('different'), 'different from here'),
    ...counted(count('same'), 'the same'),
  ]
  const restore = async () => {
    setBusy(true)
    setProblem(null)
    const choices = chosen.map(({ kind, id }) => ({ kind, id, take: takes.get(keyOf({ kind, id })) ?? 'mine' }))
    const done = await desk.restoreBackup({ backup, choices })
    setBusy(false)
    if (!done.ok) return setProblem(done.problem)
    await refreshIdentities()
    say(`Restored ${done.value.restored} ${done.value.restored === 1 ? 'record' : 'records'}`)
    onClose()
  }
  return (
    <div className={classes.form}>
      <p className={classes.meant}>
        Made <DateText iso={madeAt} withTime />. Of {items.length} {items.length === 1 ? 'record' : 'records'}{' '}
        {says.join(', ')}.
      </p>
      <RestoreTable items={items} takeOf={(item) => takes.get(keyOf(item)) ?? 'mine'} onTake={take} />
      {problem && <ProblemNote problem={problem} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button onClick={() => void restore()} loading={busy} disabled={chosen.length === 0}>
          {chosen.length === 0 ? 'Nothing to restore' : `Restore ${chosen.length}`}
        </Button>
      </Group>
    </div>
  )
}
