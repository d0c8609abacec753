import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { SecretLine } from '../parts/SecretLine.tsx'
import classes from './ImportPane.module.css'
import { ImportRowPart } from './ImportRowPart.tsx'
import { finish, type ImportScreen, startOver, unlock } from './import-store.ts'

type Previewing = Extract<ImportScreen, { at: 'preview' }>

/** Rows with their fields cost more to draw than those of a list. */
const rowsAtOnce = 100

/** What would become of what was read: row by row, with what waits for a passphrase and what has no use. */
export function ImportPreviewPart({ screen }: { screen: Previewing }) {
  const { preview, choices, problem, busy } = screen
  const [shown, setShown] = useState(rowsAtOnce)
  const taken = preview.rows.filter(({ id }) => choices[id]?.taken)
  const nameless = taken.some(({ id }) => choices[id]?.name.trim() === '')
  const hasRows = preview.rows.length > 0
  return (
    <>
      {preview.locked.length > 0 && <Locked screen={screen} />}
      {problem && preview.locked.length === 0 && <ProblemNote problem={problem} />}
      {hasRows && (
        <>
          <ul className={classes.rows} aria-label="What becomes an identity">
            {preview.rows.slice(0, shown).map((row) => {
              const choice = choices[row.id]
              return choice && <ImportRowPart key={row.id} row={row} choice={choice} />
            })}
          </ul>
          {preview.rows.length > shown && (
            <Button variant="default" onClick={() => setShown(shown + rowsAtOnce)}>
              Show {Math.min(rowsAtOnce, preview.rows.length - shown)} more of {preview.rows.length}
            </Button>
          )}
          <SecretLine />
        </>
      )}
      <LeftOut screen={screen} />
      <div className={classes.foot}>
        <Button onClick={() => void finish()} disabled={taken.length === 0 || nameless} loading={busy}>
          {taken.length === 1 ? 'Import one identity' : `Import ${taken.length} identities`}
        </Button>
        <Button variant="default" onClick={startOver}>
          Something else
        </Button>
      </div>
    </>
  )
}

function Locked({ screen: { preview, problem, busy } }: { screen: Previewing }) {
  const [passphrase, setPassphrase] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void unlock(passphrase)
    setPassphrase('')
  }
  const { locked } = preview
  const wrong = problem?.code === 'key.passphrase-wrong'
  return (
    <form className={classes.locked} onSubmit={submit} aria-label="Locked files">
      <p className={classes.lockedWords}>
        {locked.length === 1 ? 'This file is locked: ' : `${locked.length} files are locked: `}
        <span className="mono">{locked.slice(0, 6).join(', ')}</span>
        {locked.length > 6 && ` and ${locked.length - 6} more`}
      </p>
      <div className={classes.unlock}>
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          error={wrong ? 'This passphrase opens none of them' : null}
          autoFocus
        />
        <Button type="submit" variant="default" disabled={passphrase === ''} loading={busy}>
          Open
        </Button>
      </div>
    </form>
  )
}

const mostTold = 40

/** What was read and is of no use here, each with its reason. */
function LeftOut({ screen: { preview } }: { screen: Previewing }) {
  const { lonely, leftOut } = preview
  if (lonely.length + leftOut.length === 0) return null
  return (
    <section aria-label="Left out">
      <h2 className={classes.title}>Left out</h2>
      <ul className={classes.left}>
        {lonely.slice(0, mostTold).map(({ file, what, subject }) => (
          <li key={`${file} ${what} ${subject}`}>
            <span className="mono">{file}</span>
            <span className="dim">
              {what === 'certificate' ? 'Certificate' : 'Signing request (CSR)'} for {subject || 'no name'}: its private
              key is not among these files.
            </span>
          </li>
        ))}
        {leftOut.slice(0, mostTold).map(({ file, code, title, next }) => (
          <li key={`${file} ${code}`}>
            <span className="mono">{file}</span>
            <span className="dim">
              {title}. {next}
            </span>
          </li>
        ))}
      </ul>
      {lonely.length + leftOut.length > 2 * mostTold && <p className="dim">… and more of the same kinds.</p>}
    </section>
  )
}
