import { Button, Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Settings } from '../../shared/settings.ts'
import type { AutomaticBackup } from '../../shared/vault/backup.ts'
import { desk, useDesk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { changeSettings } from './change-settings.ts'
import { RestoreDialog } from './RestoreDialog.tsx'
import { SaveBackupDialog } from './SaveBackupDialog.tsx'
import classes from './Section.module.css'
import { Section } from './Section.tsx'

type Opened = Exclude<Output<'openBackup'>, { outcome: 'cancelled' }>

const kib = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`

/** Backups that are made by themselves, and one file to take along. */
export function BackupsSection({ backups: settings }: { backups: Settings['backups'] }) {
  const open = useDesk((state) => state.vault?.state === 'open')
  const [backups, setBackups] = useState<AutomaticBackup[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [saving, setSaving] = useState(false)
  const [restoring, setRestoring] = useState<Opened | null>(null)

  const refresh = async () => {
    const list = await desk.listBackups({})
    if (list.ok) setBackups(list.value.backups)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, and when the vault opens
  useEffect(() => void refresh(), [open])

  const backUp = async () => {
    setProblem(null)
    const done = await desk.backupNow({})
    if (!done.ok) return setProblem(done.problem)
    await refresh()
    say(done.value.made ? 'Backed up' : 'Nothing has changed since the last backup')
  }
  const openBackup = async (from: { from: 'choose' } | { from: 'automatic'; name: string }) => {
    setProblem(null)
    const opened = await desk.openBackup(from)
    if (!opened.ok) return setProblem(opened.problem)
    if (opened.value.outcome !== 'cancelled') setRestoring(opened.value)
  }
  return (
    <Section
      title="Backups"
      says="Automatic ones are sealed by this vault and lie beside it. To move to another computer, save one with a passphrase of its own."
    >
      <Switch
        label="Back up once a day, keep the last seven"
        checked={settings.daily}
        onChange={(event) => void changeSettings({ backups: { daily: event.currentTarget.checked } })}
      />
      {backups.length === 0 ? (
        <p className={`${classes.words} quiet`}>
          No automatic backup yet: the first one comes a minute after the start.
        </p>
      ) : (
        <div className="table-box">
          <table className="table" aria-label="Automatic backups">
            <thead>
              <tr>
                <th scope="col">Made</th>
                <th scope="col">Holds</th>
                <th scope="col">Size</th>
                <th scope="col">
                  <span className="spoken">Restore</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {backups.map(({ name, madeAt, records, bytes }) => (
                <tr key={name}>
                  <th scope="row" className="narrow">
                    <DateText iso={madeAt} withTime />
                  </th>
                  <td className="number">
                    {records} {records === 1 ? 'record' : 'records'}
                  </td>
                  <td className="number dim">{kib(bytes)}</td>
                  <td className="narrow end">
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={!open}
                      aria-label={`Restore from the backup of ${madeAt.slice(0, 16).replace('T', ' ')}`}
                      onClick={() => void openBackup({ from: 'automatic', name })}
                    >
                      Restore…
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.row}>
        <Button variant="default" disabled={!open} onClick={() => setSaving(true)}>
          Save a backup…
        </Button>
        <Button variant="default" disabled={!open} onClick={() => void openBackup({ from: 'choose' })}>
          Restore from a file…
        </Button>
        <Button variant="default" disabled={!open} onClick={() => void backUp()}>
          Back up now
        </Button>
      </div>
      <SaveBackupDialog opened={saving} onClose={() => setSaving(false)} />
      <RestoreDialog opened={restoring} onOpened={setRestoring} onClose={() => setRestoring(null)} />
    </Section>
  )
}
