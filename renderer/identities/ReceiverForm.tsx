import { Button, Checkbox, Select } from '@mantine/core'
import { IconAlertTriangleFilled, IconRefresh } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { fileNameOf } from '../../shared/handover/file-name.ts'
import { fits, newPassphrase } from '../../shared/handover/passphrases.ts'
import { receiverSteps } from '../../shared/handover/receiver-steps.ts'
import { isInTheClear, type Receiver, receivers } from '../../shared/handover/receivers.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { CopyButton } from '../parts/CopyText.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { BundleToDrag } from './BundleToDrag.tsx'
import classes from './Tabs.module.css'
import { WhoLoadsPart } from './WhoLoadsPart.tsx'

const groups = [...new Set(receivers.map(({ group }) => group))]
const choices = groups.map((group) => ({
  group,
  items: receivers.filter((one) => one.group === group).map(({ id, name }) => ({ value: id, label: name })),
}))

type PassphraseProps = { receiver: Receiver; value: string; onChange: (value: string) => void }

/** Typed, or made here and shown this once. */
function Passphrase({ receiver, value, onChange }: PassphraseProps) {
  const [made, setMade] = useState('')
  const unfit = value !== '' && !fits(receiver.rule, value)
  return (
    <div className={classes.form}>
      <SecretField
        label="Passphrase"
        value={value}
        onChange={onChange}
        error={unfit ? receiver.rule.says : null}
        hint="Countersign does not keep it: whoever loads the files needs it."
      />
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} stroke={1.6} aria-hidden />}
          onClick={() => {
            const fresh = newPassphrase()
            setMade(fresh)
            onChange(fresh)
          }}
        >
          Make one
        </Button>
        {made !== '' && made === value && (
          <>
            <code className={classes.made}>{made}</code>
            <CopyButton text={made} what="passphrase" />
          </>
        )}
      </div>
    </div>
  )
}

/** One question: who will load it. What that takes follows from the answer. */
export function ReceiverForm({ identity }: { identity: IdentityDetail }) {
  const [id, setId] = useState<Receiver['id']>('openssl')
  const [passphrase, setPassphrase] = useState('')
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [bundle, setBundle] = useState<string | null>(null)
  const receiver = receivers.find((one) => one.id === id)!
  const asks = receiver.passphrase === 'required' || (receiver.passphrase === 'optional' && !open)
  const chosen = asks ? passphrase : null
  const clear = isInTheClear(receiver, chosen)
  const ready = !asks || fits(receiver.rule, passphrase)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const done = await desk.exportFor({ identity: identity.handle, receiver: id, passphrase: chosen })
    setBusy(false)
    setProblem(done.ok ? null : done.problem)
    if (!done.ok || done.value.saved.length === 0) return
    say(savedWords(done.value.saved))
    setBundle(done.value.bundle)
  }
  return (
    <form className={classes.form} onSubmit={(event) => void save(event)} aria-label="Who will load it">
      <h2 className={classes.title}>Who will load it?</h2>
      <Select
        aria-label="Receiver"
        maw={420}
        searchable
        data={choices}
        value={id}
        allowDeselect={false}
        onChange={(value) => {
          setId((value ?? 'openssl') as Receiver['id'])
          setProblem(null)
          setBundle(null)
        }}
      />
      <p className={classes.lead}>{receiver.says}</p>
      {receiver.passphrase === 'optional' && (
        <Checkbox
          label="Write the key without a passphrase"
          checked={open}
          onChange={(event) => setOpen(event.currentTarget.checked)}
        />
      )}
      {asks && <Passphrase receiver={receiver} value={passphrase} onChange={setPassphrase} />}
      {clear && (
        <p className={classes.warning} role="note">
          <IconAlertTriangleFilled size={16} aria-hidden />
          The key lies in the clear in these files: whoever can read them can call the provider as you. Remove them once
          they are loaded.
        </p>
      )}
      {problem && <ProblemNote problem={problem} />}
      <ul className={classes.steps} aria-label="What to do with the files">
        {receiverSteps(receiver, fileNameOf(identity.name)).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <WhoLoadsPart receiver={receiver} identity={identity} locked={receiver.passphrase !== 'none' && !clear} />
      <div className={classes.actions}>
        <Button type="submit" disabled={!ready} loading={busy}>
          Save for {receiver.name.split(',')[0]}
        </Button>
        {bundle !== null && <BundleToDrag name={bundle} identity={identity.handle} />}
      </div>
    </form>
  )
}
