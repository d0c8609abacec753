import { Button, Checkbox, Group, Modal } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import type { AuthorityBehind } from '../../shared/calls/signing-services.ts'
import { partOf } from '../../shared/pki/names.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, newWork } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { BehindService } from './BehindService.tsx'
import classes from './Dialogs.module.css'
import { ServiceForm } from './ServiceForm.tsx'
import { emptyService, knownService, type ServiceAnswers, serviceOf } from './service-form.ts'

type Props = {
  opened: boolean
  onClose: () => void
  onAdded: (authority: AuthorityDetail) => void
  /** The authority whose service is changed, instead of adding one. */
  of?: AuthorityDetail
}

/** Has requests signed by a service that a company runs: address, what proves us, and which authority is behind it. */
export function ServiceDialog({ opened, onClose, onAdded, of }: Props) {
  const first = of?.service ? knownService(of.service) : emptyService
  const [answers, setAnswers] = useState(first)
  const [behind, setBehind] = useState<AuthorityBehind | null>(null)
  const [name, setName] = useState('')
  const [askEachTime, setAskEachTime] = useState(false)
  const [work, setWork] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const change = (part: Partial<ServiceAnswers>) => {
    setAnswers((now) => ({ ...now, ...part }))
    // Another address or label may have another authority behind it.
    setBehind(null)
  }
  const close = () => {
    if (work) void desk.cancelWork({ work })
    setAnswers(first)
    setBehind(null)
    setProblem(null)
    setName('')
    onClose()
  }
  const ask = async () => {
    const mine = newWork('sign')
    setWork(mine)
    setProblem(null)
    const asked = await desk.askSigningService({ work: mine, service: serviceOf(answers) })
    setWork(null)
    if (!asked.ok) return setProblem(asked.problem.code === 'app.cancelled' ? null : asked.problem)
    setBehind(asked.value)
    const { subjectParts, subject = '' } = asked.value.authority.facts
    setName((now) => now || (partOf(subjectParts, 'CN') ?? subject).slice(0, 120))
  }
  const add = async () => {
    const sha256 = behind?.authority.facts.sha256
    if (!sha256) return
    const mine = newWork('sign')
    setWork(mine)
    setProblem(null)
    const service = serviceOf(answers)
    const added = await desk.addSigningService({ work: mine, name: name.trim(), service, sha256, askEachTime })
    setWork(null)
    if (!added.ok) return setProblem(added.problem.code === 'app.cancelled' ? null : added.problem)
    say(`Added ${added.value.name}`)
    close()
    onAdded(added.value)
  }
  const changeIt = async (authority: string) => {
    const mine = newWork('sign')
    setWork(mine)
    setProblem(null)
    const changed = await desk.changeSigningService({ work: mine, authority, service: serviceOf(answers) })
    setWork(null)
    if (!changed.ok) return setProblem(changed.problem.code === 'app.cancelled' ? null : changed.problem)
    say(`Changed how ${changed.value.name} is reached`)
    close()
    onAdded(changed.value)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void (of ? changeIt(of.handle) : behind ? add() : ask())
  }
  const complete = answers.url.trim() !== '' && (answers.at === 'est' || answers.authKey.trim() !== '')

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={of ? `How “${of.name}” is reached` : 'Use a signing service'}
      size="lg"
    >
      <form className={classes.form} onSubmit={submit}>
        {behind ? (
          <>
            <BehindService behind={behind} />
            <Field label="What it is called here" value={name} onChange={setName} autoFocus />
            <Checkbox
              label="Ask before each use of it"
              description="A question by the system, each time something is to be signed."
              checked={askEachTime}
              onChange={(event) => setAskEachTime(event.currentTarget.checked)}
            />
          </>
        ) : (
          <ServiceForm answers={answers} change={change} fixed={of !== undefined} />
        )}
        {problem && <ProblemNote problem={problem} />}
        <Group justify="flex-end" gap={8}>
          {behind ? (
            <Button variant="default" onClick={() => setBehind(null)}>
              Back
            </Button>
          ) : (
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          )}
          {of ? (
            <Button type="submit" loading={work !== null} disabled={answers.url.trim() === ''}>
              Check and change
            </Button>
          ) : behind ? (
            <Button type="submit" loading={work !== null} disabled={name.trim() === ''}>
              Add it
            </Button>
          ) : (
            <Button
              type="submit"
              leftSection={<IconPlugConnected size={16} stroke={1.6} aria-hidden />}
              loading={work !== null}
              disabled={!complete}
            >
              Ask which CA is behind it
            </Button>
          )}
        </Group>
      </form>
    </Modal>
  )
}
