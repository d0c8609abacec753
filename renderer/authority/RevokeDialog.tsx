import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { hasInvalidity, revocationReasons } from '../../shared/authority/reason-words.ts'
import type { RevocationReason } from '../../shared/authority/revocation-reason.ts'
import type { IssuedDetail } from '../../shared/calls/book.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import classes from './IssuedView.module.css'

type Props = { opened: boolean; onClose: () => void; issued: IssuedDetail; today: Date }

/** Asks why before a certificate is revoked, and says what that does and does not do. */
export function RevokeDialog({ opened, onClose, issued, today }: Props) {
  const [reason, setReason] = useState<RevocationReason>('superseded')
  const [since, setSince] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const dated = hasInvalidity(reason) && since !== ''
  const close = () => {
    setProblem(null)
    onClose()
  }
  const revoke = async () => {
    setBusy(true)
    const revoked = await desk.revokeIssued({
      issued: issued.handle,
      reason,
      ...(dated && { invalidSince: new Date(`${since}T00:00:00Z`).toISOString() }),
    })
    setBusy(false)
    if (!revoked.ok) return setProblem(revoked.problem)
    say(`Revoked: ${issued.name}`)
    close()
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      title={`Revoke “${issued.name}”?`}
      verb="Revoke"
      onConfirm={() => void revoke()}
      grave
      busy={busy}
    >
      <div className={classes.form}>
        <p>
          This is not taken back. Servers refuse the certificate once they have the next revocation list, and not
          before.
        </p>
        <Select
          label="Reason"
          data={revocationReasons.map(({ reason: value, says }) => ({ value, label: says }))}
          value={reason}
          onChange={(value) => value && setReason(value as RevocationReason)}
          description={revocationReasons.find((one) => one.reason === reason)?.when}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
        />
        {hasInvalidity(reason) && (
          <TextInput
            type="date"
            label="Known or feared since (optional)"
            description="The list then says from which day on nothing of this key is to be believed."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={since}
            max={today.toISOString().slice(0, 10)}
            onChange={(event) => setSince(event.currentTarget.value)}
          />
        )}
        {problem && <ProblemNote problem={problem} />}
      </div>
    </ConfirmDialog>
  )
}
