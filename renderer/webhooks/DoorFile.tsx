import { Button } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { useDoor } from './door-store.ts'
import classes from './ListenPane.module.css'

/** A file for the check, and its passphrase where it asks for one. Keys stay in the main process, until the app ends. */
export function DoorFile({ use, label }: { use: 'right' | 'revoked' | 'issuer'; label: string }) {
  const chosen = useDoor((state) => state.files[use])
  const locked = useDoor((state) => state.locked === use)
  const problem = useDoor((state) => state.problem)
  const choose = useDoor((state) => state.choose)
  const [passphrase, setPassphrase] = useState('')
  const open = () => {
    void choose(use, passphrase)
    setPassphrase('')
  }
  return (
    <div className={classes.file}>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFolderOpen size={15} stroke={1.6} aria-hidden />}
        onClick={() => void choose(use)}
      >
        {chosen ? 'Another file' : label}
      </Button>
      {chosen && !locked && <span className="quiet">{chosen.subject || chosen.name}</span>}
      {locked && problem && (
        <ProblemNote problem={problem}>
          <SecretField label="Its passphrase" value={passphrase} onChange={setPassphrase} />
          <Button variant="default" size="xs" mt={8} disabled={passphrase === ''} onClick={open}>
            Open
          </Button>
        </ProblemNote>
      )}
    </div>
  )
}
