import { Button, Group } from '@mantine/core'
import { IconCircleCheckFilled, IconSchool } from '@tabler/icons-react'
import { useState } from 'react'
import type { Output } from '../../../shared/contract.ts'
import type { IdentityDetail } from '../../../shared/identity.ts'
import type { Problem } from '../../../shared/problems.ts'
import { desk, useDesk } from '../../desk.ts'
import { go } from '../../place.ts'
import { calledOf } from '../called.ts'
import { ProblemNote } from '../ProblemNote.tsx'
import { say } from '../say.ts'
import type { Attach } from './attach.ts'
import classes from './PracticePanel.module.css'

type PracticePanelProps = {
  identity: Pick<
    IdentityDetail,
    'handle' | 'provider' | 'providerName' | 'environment' | 'certificatePem' | 'spkiSha256'
  >
  /** The provider takes a certificate one has signed oneself: that is what is handed in. */
  selfSigned: boolean
  attach: Attach
}

type PracticeScreen =
  | { at: 'idle' }
  | { at: 'busy'; with: 'start' | 'submit' }
  | { at: 'answered'; answer: Output<'submitToPractice'> }
  | { at: 'refused'; problem: Problem }

/** A stand-in for the provider on this computer: start it, hand in the request, take the certificate. */
export function PracticePanel({ identity, selfSigned, attach }: PracticePanelProps) {
  const running = useDesk((state) => state.practice)
  const [screen, setScreen] = useState<PracticeScreen>({ at: 'idle' })
  const mine = running?.provider === identity.provider && running.environment === identity.environment
  const thing = selfSigned ? 'certificate' : 'request'

  const start = async () => {
    setScreen({ at: 'busy', with: 'start' })
    const started = await desk.startPractice({ provider: identity.provider, environment: identity.environment })
    if (!started.ok) return setScreen({ at: 'refused', problem: started.problem })
    useDesk.setState({ practice: started.value.running })
    setScreen({ at: 'idle' })
  }
  const submit = async () => {
    setScreen({ at: 'busy', with: 'submit' })
    const answer = await desk.submitToPractice({ identity: identity.handle })
    if (!answer.ok) return setScreen({ at: 'refused', problem: answer.problem })
    setScreen({ at: 'answered', answer: answer.value })
    say(`The practice provider answered`)
  }
  const busyWith = screen.at === 'busy' ? screen.with : null

  return (
    <section className={classes.panel} aria-label="Practice provider">
      <div className={classes.head}>
        <IconSchool size={20} stroke={1.4} aria-hidden />
        <div className={classes.words}>
          <strong>Practice provider</strong>
          <span className={classes.says}>
            {mine
              ? `A stand-in for ${calledOf(identity)} runs at ${running.apiUrl}, with a throw-away authority (CA).`
              : `A stand-in for ${calledOf(identity)} with a throw-away authority (CA). Nothing leaves this computer.`}
          </span>
        </div>
        {mine ? (
          <Button
            variant="default"
            onClick={submit}
            loading={busyWith === 'submit'}
            disabled={selfSigned && !identity.certificatePem}
          >
            Hand in the {thing}
          </Button>
        ) : (
          <Button variant="default" onClick={start} loading={busyWith === 'start'}>
            Start practice provider
          </Button>
        )}
      </div>
      {mine && selfSigned && !identity.certificatePem && (
        <p className={classes.note}>Sign the certificate first: it is what {calledOf(identity)} takes.</p>
      )}
      {screen.at === 'refused' && (
        <ProblemNote
          problem={screen.problem}
          action={
            screen.problem.code === 'practice.refused'
              ? { label: 'Change the answers', run: () => go({ room: 'create', renews: identity.handle }) }
              : { label: 'Start practice provider', run: () => void start() }
          }
        />
      )}
      {screen.at === 'answered' && mine && (
        <div className={classes.answer}>
          <p className={classes.said}>
            <IconCircleCheckFilled size={16} aria-hidden />
            {screen.answer.says}
          </p>
          <Group gap={8}>
            {selfSigned ? (
              <Button onClick={() => go({ room: 'test', identity: identity.handle, practice: true })}>
                Test the connection
              </Button>
            ) : (
              <Button
                onClick={() => void attach.offer({ by: 'text', text: screen.answer.certificatePem })}
                loading={attach.screen.at === 'reading'}
              >
                Use this certificate
              </Button>
            )}
          </Group>
        </div>
      )}
    </section>
  )
}
