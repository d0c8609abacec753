import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DamagedRecord } from '../../shared/calls/vault.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import { journalKinds } from '../../shared/vault/journal.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { dayText } from '../parts/dates.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import classes from './Vault.module.css'

const whys: Record<DamagedRecord['why'], string> = {
  damaged: 'Its file was damaged or altered, and is set aside',
  missing: 'Its file was gone from the folder',
  older: 'Its file is an older version than was written last: somebody, or a program that syncs folders, put it back',
  foreign: 'Its file belongs to another vault',
  newer: 'Its file was written by a newer Countersign',
  unreadable: 'Its file cannot be read just now',
}

/** Records that are not as they were written, with what brings each back. Nothing is drawn while all is well. */
export function DamageList() {
  const identities = useDesk((state) => state.identities)
  const [records, setRecords] = useState<DamagedRecord[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew whenever the list changes
  useEffect(() => {
    void desk.vaultDamage({}).then((answer) => answer.ok && setRecords(answer.value.records))
  }, [identities])
  if (records.length === 0) return null

  const done = async (change: Promise<Result<unknown>>, says: string) => {
    setProblem(null)
    const changed = await change
    if (!changed.ok) return setProblem(changed.problem)
    await refreshIdentities()
    const again = await desk.vaultDamage({})
    if (again.ok) setRecords(again.value.records)
    say(says)
  }
  return (
    <section className={classes.damage} aria-label="Damaged records">
      {records.map(({ kind, id, name, file, why, isThere, backups }) => {
        const title = name || id
        const [newest] = backups
        return (
          <div key={`${kind} ${file}`} className={classes.damaged}>
            <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
            <div>
              <p className={classes.name}>
                {title} <span className="dim">{journalKinds[kind]}</span>
              </p>
              <p className="quiet">
                {whys[why]}. {why === 'damaged' && isThere && 'The version before it is in its place.'}
                {!isThere && !newest && why !== 'newer' && ' No automatic backup holds it.'}
              </p>
              <p className="quiet mono">{file}</p>
            </div>
            <div className={classes.deeds}>
              {newest && (
                <Button
                  size="compact-sm"
                  aria-label={`Restore of ${dayText(newest.madeAt)}: ${title}`}
                  onClick={() => void done(desk.restoreRecord({ kind, id, backup: newest.name }), `Restored ${title}`)}
                >
                  Restore of {dayText(newest.madeAt)}
                </Button>
              )}
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${isThere ? 'Keep' : 'Do without'} ${title}`}
                onClick={() => void done(desk.settleDamage({ kind, id }), 'Told no more')}
              >
                {isThere ? 'Keep as it is' : 'Do without'}
              </Button>
            </div>
          </div>
        )
      })}
      {problem && <ProblemNote problem={problem} />}
    </section>
  )
}
