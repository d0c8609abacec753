import { Button, Group, Modal, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CallTrust, MadeCall } from '../../shared/calls/listener.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Arrival } from '../../shared/webhooks/arrival.ts'
import { desk, newWork, useDesk } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import classes from './ArrivalPane.module.css'
import { CallResult } from './CallResult.tsx'
import { useListen } from './listen-store.ts'
import { ServerTrustField } from './ServerTrustField.tsx'

type Props = { arrival: Arrival; opened: boolean; onClose: () => void }

const none = 'none'

/** Sends an arrival to another address, such as one’s own development server. Main asks once more, naming the host. */
export function ReplayDialog({ arrival, opened, onClose }: Props) {
  const identities = useDesk((state) => state.identities)
  const authorities = useListen((state) => state.authorities)
  const [url, setUrl] = useState(`https://localhost:8443${arrival.path ?? '/'}`)
  const [identity, setIdentity] = useState(none)
  const [trust, setTrust] = useState<CallTrust>({ by: 'system' })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [made, setMade] = useState<MadeCall | null>(null)
  const ready = identities.filter(({ notAfter }) => notAfter !== undefined)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    setMade(null)
    const answer = await desk.replayArrival({
      work: newWork('test'),
      arrival: arrival.id,
      url: url.trim(),
      identity: identity === none ? null : identity,
      trust,
    })
    setBusy(false)
    if (answer.ok) setMade(answer.value)
    else if (answer.problem.code !== 'listener.not-confirmed') setProblem(answer.problem)
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Send this webhook elsewhere" size="lg">
      <form onSubmit={(event) => void send(event)} className={classes.replay}>
        <Field
          label="Address"
          mono
          rule={`${arrival.method} with the same headers and body. You are asked before anything is sent.`}
          value={url}
          onChange={setUrl}
          autoFocus
        />
        {arrival.masked.length > 0 && <p className="quiet">Not kept, so left out: {arrival.masked.join(', ')}.</p>}
        <Select
          label="Present the certificate"
          data={[
            { value: none, label: 'None' },
            ...ready.map(({ handle, name }) => ({ value: handle, label: `Of the identity “${name}”` })),
          ]}
          value={identity}
          allowDeselect={false}
          onChange={(value) => setIdentity(value ?? none)}
        />
        <ServerTrustField
          label="Who vouches for the server"
          trust={trust}
          authorities={authorities}
          onChange={setTrust}
        />
        {problem && <ProblemNote problem={problem} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={busy} disabled={trust.by === 'pem' && trust.pem.trim() === ''}>
            Send
          </Button>
        </Group>
      </form>
      {made && <CallResult made={made} />}
    </Modal>
  )
}
