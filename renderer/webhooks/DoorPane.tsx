import { IconDoor } from '@tabler/icons-react'
import { useEffect } from 'react'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { DoorForm } from './DoorForm.tsx'
import { DoorReportView } from './DoorReportView.tsx'
import { DoorTable } from './DoorTable.tsx'
import { useDoor } from './door-store.ts'
import classes from './PlayPane.module.css'

/** Whether an endpoint refuses what it must refuse: what is asked on the left, what came of it on the right. */
export function DoorPane() {
  const screen = useDoor((state) => state.screen)
  useEffect(() => void useDoor.getState().open(), [])
  return (
    <div className={classes.split}>
      <DoorForm />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.result} tabIndex={0} aria-label="Result" data-screen={screen.at}>
        {screen.at === 'asking' && (
          <EmptyState
            icon={IconDoor}
            title="Is my door shut?"
            says="Your server is called up to twenty times, one call after the other: without a certificate, with forged, expired and revoked ones, and with the right one, in TLS 1.3 and 1.2."
          />
        )}
        {screen.at === 'running' && <Running />}
        {screen.at === 'refused' && <Refused />}
        {screen.at === 'answered' && <DoorReportView report={screen.report} />}
      </section>
      <Question />
    </div>
  )
}

function Running() {
  const rows = useDoor((state) => (state.screen.at === 'running' ? state.screen.rows : []))
  const tried = rows.filter(({ seen }) => seen !== undefined).length
  const all = rows.filter(({ seen, verdict }) => seen !== undefined || verdict === undefined).length
  return (
    <>
      <p className="quiet number" role="status">
        {rows.length === 0 ? 'Making throw-away certificates …' : `${tried} of ${all} calls made`}
      </p>
      <DoorTable rows={rows} />
    </>
  )
}

function Refused() {
  const problem = useDoor((state) => (state.screen.at === 'refused' ? state.screen.problem : null))
  const change = useDoor((state) => state.change)
  const check = useDoor((state) => state.check)
  if (!problem) return null
  const trustIt =
    problem.code === 'door.server-untrusted'
      ? {
          label: 'Trust this certificate for now and check',
          run: () => {
            change({ trust: { by: 'once', sha256: problem.sha256 } })
            void check()
          },
        }
      : undefined
  return (
    <ProblemNote problem={problem} {...(trustIt && { action: trustIt })}>
      {problem.code === 'door.server-untrusted' && <p className="quiet mono">SHA-256 {problem.sha256}</p>}
    </ProblemNote>
  )
}

/** Asked once for each host: what is presented is forged on purpose. */
function Question() {
  const host = useDoor((state) => state.asksAbout)
  const confirm = useDoor((state) => state.confirm)
  const dismiss = useDoor((state) => state.dismiss)
  return (
    <ConfirmDialog
      opened={host !== null}
      onClose={dismiss}
      title={`Is ${host ?? 'this host'} yours to test?`}
      verb="It is mine: check it"
      onConfirm={() => void confirm()}
    >
      Countersign presents forged certificates to it on purpose. Do this only with a server of your own, or where its
      owner agreed. Nothing is changed there: each call is a GET without a body. You are asked once for each host.
    </ConfirmDialog>
  )
}
