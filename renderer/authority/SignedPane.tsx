import { Button } from '@mantine/core'
import { IconCheck, IconFolderDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { OpenedRequest, SignedCertificate } from '../../shared/calls/signing.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { CopyButton } from '../parts/CopyText.tsx'
import { DateText } from '../parts/DateText.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { OpenInInspect } from '../parts/OpenInInspect.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { useToday } from '../parts/use-today.ts'
import classes from './Sign.module.css'
import { startOver } from './sign-store.ts'

type Props = { request: OpenedRequest; signed: SignedCertificate; providerName: string | null }

/** What was issued, and the folder to hand back. */
export function SignedPane({ signed, providerName }: Props) {
  const { issued, certificatePem, differences, files } = signed
  const today = useToday()
  const [saved, setSaved] = useState<{ paths: string[]; says: string } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async () => {
    const answer = await desk.saveHandBack({ issued: issued.handle })
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok || answer.value.saved.length === 0) return
    setSaved({ paths: answer.value.saved, says: answer.value.says ?? '' })
    say(savedWords(answer.value.saved))
  }
  const [certificate, authority, text] = files
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.signed} tabIndex={0} aria-label="Signed">
      <h2 className={classes.headline}>
        <IconCheck size={20} stroke={2} aria-hidden />
        Signed: <bdi>{issued.name}</bdi>
      </h2>
      <p>
        By {issued.authorityName}, until <DateText iso={issued.notAfter} today={today} />. It stands in the book of
        issued certificates, from where it can be renewed and revoked.
      </p>
      {differences.length > 0 && (
        <section>
          <h3>The signing service decided otherwise</h3>
          <KeyValue
            pairs={differences.map((one) => [
              one.label,
              `${one.issued || 'left out'} (shown: ${one.shown || 'nothing'})`,
            ])}
          />
        </section>
      )}
      <section>
        <h3>Hand back{providerName ? ` to ${providerName}` : ''}</h3>
        <KeyValue
          pairs={[
            [certificate!, 'the certificate'],
            [authority!, 'your authority, with the issuers above it'],
            [text!, 'what is what, with the fingerprint'],
          ]}
        />
        <p className="quiet">
          Judged as a server judges it before it is saved. No key is among the files: theirs never left them, yours
          stays in the vault.
        </p>
      </section>
      {problem && <ProblemNote problem={problem} />}
      {saved && (
        <p className={classes.proven} role="status">
          <IconCheck size={16} stroke={2} aria-hidden />
          <span>
            {savedWords(saved.paths)}. {saved.says}
          </span>
        </p>
      )}
      <div className={classes.actions}>
        <Button leftSection={<IconFolderDown size={16} stroke={1.6} aria-hidden />} onClick={() => void save()}>
          Save the hand-back folder…
        </Button>
        <CopyButton text={certificatePem} what="certificate" />
        <OpenInInspect pem={certificatePem} />
        <Button variant="default" onClick={startOver}>
          Sign another
        </Button>
      </div>
    </section>
  )
}
