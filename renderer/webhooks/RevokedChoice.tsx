import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { DateText } from '../parts/DateText.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { DoorFile } from './DoorFile.tsx'
import { authorityIn, useDoor } from './door-store.ts'
import classes from './ListenPane.module.css'

/** A revoked certificate to present: prepared by the authority, or out of files. */
export function RevokedChoice() {
  const form = useDoor((state) => state.form)
  const change = useDoor((state) => state.change)
  const own = authorityIn(form)
  return (
    <>
      <Select
        label="A revoked one"
        data={[
          ...(own !== undefined ? [{ value: 'prepared', label: 'Prepared by your authority' }] : []),
          { value: 'files', label: 'A certificate and its key, from files' },
          { value: 'none', label: 'None: revocation is not tried' },
        ]}
        value={form.revoked}
        allowDeselect={false}
        onChange={(value) => change({ revoked: value ?? 'none' })}
      />
      {form.revoked === 'files' && <DoorFile use="revoked" label="Choose the files" />}
      {form.revoked === 'prepared' && own !== undefined && <Prepared authority={own} />}
    </>
  )
}

function Prepared({ authority }: { authority: string }) {
  const until = useDoor((state) => state.prepared.find((one) => one.authority === authority)?.until)
  const prepare = useDoor((state) => state.prepare)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    const saved = await prepare()
    setBusy(false)
    setAsking(false)
    if (saved !== null) say(`${savedWords([saved])}: load it on your server before the check`)
  }
  return (
    <div className={classes.file}>
      {until ? (
        <span className="quiet">
          Prepared, good until <DateText iso={until} />. Your server must have loaded the list that names it.
        </span>
      ) : (
        <span className="quiet">None is prepared yet, so revocation is not tried.</span>
      )}
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {until ? 'Prepare another…' : 'Prepare one…'}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Prepare a revoked certificate"
        verb="Issue, revoke and save the list"
        busy={busy}
        onConfirm={() => void go()}
      >
        Your authority issues a certificate for this check, revokes it at once and signs a new revocation list (CRL),
        which you save. Load that list on your server, then check its door. The certificate stands in the book of issued
        certificates; its key stays sealed in the vault.
      </ConfirmDialog>
    </div>
  )
}
