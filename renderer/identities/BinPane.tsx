import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { DateText } from '../parts/DateText.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { say } from '../parts/say.ts'
import classes from './BinPane.module.css'
import { ToAllIdentities } from './ToAllIdentities.tsx'

type Entry = Output<'listBin'>['entries'][number]

/** The bin as it is now; read anew whenever the identities change. */
function useBin() {
  const [entries, setEntries] = useState<Entry[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const identities = useDesk((state) => state.identities)
  const read = useCallback(async () => {
    const list = await desk.listBin({})
    if (list.ok) setEntries(list.value.entries)
    setProblem(list.ok ? null : list.problem)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed list is the reason to read again
  useEffect(() => void read(), [read, identities])
  return { entries, problem, setProblem, read }
}

const leftWords = (days: number): string => (days === 1 ? 'erased tomorrow' : `erased in ${days} days`)

/** What was removed in the last thirty days, with its key: to be had back, or erased at once. */
export function BinPane() {
  const { entries, problem, setProblem, read } = useBin()
  const [erasing, setErasing] = useState<Entry[] | null>(null)
  const restore = async ({ identity }: Entry) => {
    const done = await desk.restoreIdentities({ identities: [identity.handle] })
    if (!done.ok) return setProblem(done.problem)
    await refreshIdentities()
    say(`Restored ${identity.name}`)
    await read()
  }
  const erase = async () => {
    const chosen = erasing ?? []
    setErasing(null)
    const done = await desk.eraseIdentities({ identities: chosen.map(({ identity }) => identity.handle) })
    if (!done.ok) setProblem(done.problem)
    else say(done.value.erased === 1 ? 'Erased for good' : `Erased ${done.value.erased} for good`)
    await read()
  }
  return (
    <div className={classes.pane}>
      <RoomHeader
        title="Bin"
        says="What was removed can be had back for thirty days"
        actions={
          <>
            <ToAllIdentities />
            {entries && entries.length > 0 && (
              <Button variant="default" onClick={() => setErasing(entries)}>
                Empty the bin…
              </Button>
            )}
          </>
        }
      />
      <div className={classes.body}>
        {problem && <ProblemNote problem={problem} />}
        {entries?.length === 0 && (
          <EmptyState
            icon={IconTrash}
            title="The bin is empty"
            says="An identity that you remove comes here with its key, and is erased after thirty days."
          />
        )}
        {entries && entries.length > 0 && (
          <table className="table" aria-label="Bin">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Removed</th>
                <th scope="col">
                  <span className="spoken">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.identity.handle}>
                  <th scope="row">
                    {entry.identity.name}
                    <div className="quiet">
                      {entry.identity.providerName}, {entry.identity.environmentName}
                      {entry.identity.notAfter && (
                        <>
                          , certificate until <DateText iso={entry.identity.notAfter} />
                        </>
                      )}
                    </div>
                  </th>
                  <td>
                    <DateText iso={entry.removedAt} />
                    <div className="quiet">{leftWords(entry.daysLeft)}</div>
                  </td>
                  <td className={`narrow end ${classes.actions}`}>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Restore ${entry.identity.name}`}
                      onClick={() => void restore(entry)}
                    >
                      Restore
                    </Button>
                    <Button
                      size="xs"
                      variant="subtle"
                      color="red"
                      aria-label={`Erase ${entry.identity.name}`}
                      onClick={() => setErasing([entry])}
                    >
                      Erase…
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <ConfirmDialog
        opened={erasing !== null}
        onClose={() => setErasing(null)}
        title={
          erasing?.length === 1
            ? `Erase “${erasing[0]?.identity.name}” for good`
            : `Erase ${erasing?.length ?? 0} for good`
        }
        verb="Erase"
        onConfirm={() => void erase()}
        grave
      >
        Private key, request, certificate and the history of its tests are erased from the vault. Only a backup that was
        made before still has them.
      </ConfirmDialog>
    </div>
  )
}
