import { Button, Group, Textarea } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { type ClipboardEvent, useEffect, useRef, useState } from 'react'
import type { IdentitySummary } from '../../../shared/identity.ts'
import type { Problem } from '../../../shared/problems.ts'
import { useDesk } from '../../desk.ts'
import { go } from '../../place.ts'
import { calledOf } from '../called.ts'
import { FindingList } from '../FindingList.tsx'
import { ProblemNote } from '../ProblemNote.tsx'
import { SecretField } from '../SecretField.tsx'
import classes from './AttachPanel.module.css'
import type { Attach, Offer } from './attach.ts'

type AttachPanelProps = {
  identity: Pick<IdentitySummary, 'handle' | 'name' | 'provider' | 'providerName'>
  attach: Attach
}

/** Asks for the passphrase of what was offered, and offers it again with it. */
function PassphraseForm({ offer, attach }: { offer: Offer; attach: Attach }) {
  const [passphrase, setPassphrase] = useState('')
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        void attach.offer(offer, passphrase)
      }}
    >
      <SecretField label="Passphrase of the file" value={passphrase} onChange={setPassphrase} autoFocus />
      <Button type="submit" disabled={passphrase === ''}>
        Open
      </Button>
    </form>
  )
}

/** A refusal with its next step as a button, where there is one. */
function Refused({ problem, offer, attach }: { problem: Problem; offer: Offer; attach: Attach }) {
  const identities = useDesk((state) => state.identities)
  if (problem.code === 'key.passphrase-needed' || problem.code === 'key.passphrase-wrong') {
    return (
      <ProblemNote problem={problem}>
        <PassphraseForm offer={offer} attach={attach} />
      </ProblemNote>
    )
  }
  if (problem.code === 'attach.other-identity') {
    const other = identities.find((one) => one.name === problem.belongsTo)
    if (other) {
      const open = () => go({ room: 'identities', identity: other.handle })
      return <ProblemNote problem={problem} action={{ label: `Open ${other.name}`, run: open }} />
    }
  }
  if (problem.code === 'app.cancelled') return null
  return (
    <ProblemNote
      problem={problem}
      action={{ label: 'Choose another file', run: () => void attach.offer({ by: 'choose' }) }}
    />
  )
}

/** Where the certificate comes in: dropped, pasted or chosen. */
export function AttachPanel({ identity, attach }: AttachPanelProps) {
  const { screen } = attach
  const [text, setText] = useState<string | null>(null)
  const outcome = useRef<HTMLDivElement>(null)
  // What was dropped elsewhere on the page is answered here: the answer must be in sight.
  useEffect(() => {
    if (screen.at === 'refused' || screen.at === 'flagged') outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [screen])
  const onPaste = (event: ClipboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return
    const files = Array.from(event.clipboardData.files)
    const pasted = event.clipboardData.getData('text/plain')
    if (files.length === 0 && pasted.trim() === '') return
    event.preventDefault()
    void attach.offer(files.length > 0 ? { by: 'files', files } : { by: 'text', text: pasted })
  }
  return (
    <section
      className={classes.panel}
      aria-label="Attach the certificate"
      data-drop-identity={identity.handle}
      onPaste={onPaste}
    >
      <div className={classes.zone}>
        <IconCertificate size={20} stroke={1.4} aria-hidden />
        <span className={classes.words}>
          Drop what {calledOf(identity)} returned here: certificate, chain or bundle, in any form.
        </span>
        <Group gap={8}>
          <Button
            variant="default"
            onClick={() => void attach.offer({ by: 'choose' })}
            loading={screen.at === 'reading'}
          >
            Choose file
          </Button>
          <Button variant="default" onClick={() => setText(text === null ? '' : null)} aria-expanded={text !== null}>
            Paste text
          </Button>
        </Group>
      </div>
      {text !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void attach.offer({ by: 'text', text })
          }}
        >
          <Textarea
            label="Certificate as text"
            description="From BEGIN CERTIFICATE to END CERTIFICATE, with the chain if there is one."
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={4}
            maxRows={12}
            spellCheck={false}
            classNames={{ input: 'mono' }}
            autoFocus
          />
          <Button type="submit" mt={8} disabled={text.trim() === ''}>
            Attach
          </Button>
        </form>
      )}
      <div ref={outcome} className={classes.outcome}>
        {screen.at === 'refused' && <Refused problem={screen.problem} offer={screen.offer} attach={attach} />}
        {screen.at === 'flagged' && (
          <div className={classes.flagged} role="alert">
            <p className={classes.title}>“{screen.name}” fits this identity, but is not as it should be</p>
            <FindingList findings={screen.findings} />
            <Group gap={8} mt={12}>
              <Button variant="default" onClick={attach.clear}>
                Leave it
              </Button>
              <Button variant="default" onClick={attach.attachAnyway}>
                Attach anyway
              </Button>
            </Group>
          </div>
        )}
      </div>
    </section>
  )
}
