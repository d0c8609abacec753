import { Button, Checkbox, Group, Modal, UnstyledButton } from '@mantine/core'
import { IconFiles, IconFolder } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { SecretLine } from '../parts/SecretLine.tsx'
import { say } from '../parts/say.ts'
import classes from './Dialogs.module.css'

type Props = { opened: boolean; onClose: () => void; onBrought: (authority: AuthorityDetail) => void }

/** Brings a company’s own CA: files or a folder are chosen in the system’s dialog, a passphrase is asked for here. */
export function BringDialog({ opened, onClose, onBrought }: Props) {
  const [askEachTime, setAskEachTime] = useState(false)
  const [locked, setLocked] = useState<{ files: string[]; tried: boolean } | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)

  const close = () => {
    setLocked(null)
    setPassphrase('')
    setProblem(null)
    onClose()
  }
  const bring = async (from: 'files' | 'folder' | 'again') => {
    setBusy(true)
    setProblem(null)
    const given = from === 'again' ? { passphrase } : {}
    const answer = await desk.bringAuthority({ source: { from }, askEachTime, ...given })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    if (answer.value.outcome === 'locked') return setLocked(answer.value)
    if (answer.value.outcome === 'cancelled') return
    const { authority, book, leftOut } = answer.value
    const rest = leftOut > 0 ? `; ${leftOut} that have expired or are too many stayed behind` : ''
    say(book > 0 ? `Brought ${authority.name}, with ${book} issued certificates${rest}` : `Brought ${authority.name}`)
    close()
    onBrought(authority)
  }
  const unlock = (event: FormEvent) => {
    event.preventDefault()
    void bring('again')
  }

  return (
    <Modal opened={opened} onClose={close} title="Bring your CA" size="lg">
      <form className={classes.form} onSubmit={unlock}>
        <p className="dim">
          A copy of its key is sealed in the vault. The files stay as they are; what lies unprotected on a disk is best
          removed there afterwards.
        </p>
        <div className={classes.ways}>
          <UnstyledButton className={classes.way} onClick={() => void bring('files')} disabled={busy}>
            <span className={classes.wayTitle}>
              <IconFiles size={18} stroke={1.6} aria-hidden />
              Choose files…
            </span>
            <span className="quiet">Private key and certificate, or a bundle (PKCS#12) with both.</span>
          </UnstyledButton>
          <UnstyledButton className={classes.way} onClick={() => void bring('folder')} disabled={busy}>
            <span className={classes.wayTitle}>
              <IconFolder size={18} stroke={1.6} aria-hidden />
              Choose a folder…
            </span>
            <span className="quiet">
              As OpenSSL keeps it: ca.key and ca.crt, or demoCA. What its index.txt lists comes along.
            </span>
          </UnstyledButton>
        </div>
        <Checkbox
          label="Ask before each use of its key"
          checked={askEachTime}
          onChange={(event) => setAskEachTime(event.currentTarget.checked)}
        />
        {locked && (
          <>
            <SecretField
              label={`Passphrase of ${locked.files.join(', ')}`}
              value={passphrase}
              onChange={setPassphrase}
              error={locked.tried ? 'It does not fit. Nothing is locked by a wrong try.' : null}
              hint="Used once to open the key, then forgotten."
              autoFocus
            />
            <Group justify="flex-end">
              <Button type="submit" loading={busy} disabled={passphrase === ''}>
                Open and bring
              </Button>
            </Group>
          </>
        )}
        {problem && <ProblemNote problem={problem} />}
        <SecretLine />
      </form>
    </Modal>
  )
}
