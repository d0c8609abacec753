import { Button } from '@mantine/core'
import { IconCircleCheckFilled, IconPlayerStop, IconSend } from '@tabler/icons-react'
import type { ListenerState } from '../../shared/webhooks/listener-state.ts'
import { useDesk } from '../desk.ts'
import { CopyButton, CopyText } from '../parts/CopyText.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import side from '../parts/SideForm.module.css'
import { go } from '../place.ts'
import { AnswerFields } from './AnswerFields.tsx'
import classes from './ListenPane.module.css'
import { useListen } from './listen-store.ts'

/** The listener while it runs: where, whom it lets in, what it answers. */
export function RunningPane({ running }: { running: NonNullable<ListenerState['running']> }) {
  const stop = useListen((state) => state.stop)
  const answer = useListen((state) => state.answer)
  const value = useListen((state) => state.setup.answer)
  const problem = useListen((state) => state.problem)
  const profile = useDesk((state) => state.providers.find((one) => one.profile.id === running.provider)?.profile)
  const rule = profile?.webhooks?.signature
  return (
    <section className={side.form} aria-label="Listener">
      <div className={`${side.fields} ${classes.running}`}>
        <h2>
          <IconCircleCheckFilled size={18} aria-hidden />
          Listening for {running.providerName}
        </h2>
        <div className={classes.address}>
          <CopyText text={running.url} what="address" />
        </div>
        {running.onNetwork && <p>Other computers can call it.</p>}
        {running.lost > 0 && (
          <p role="alert">
            {running.lost.toLocaleString()} {running.lost === 1 ? 'arrival' : 'arrivals'} could not be written: the disk
            may be full.
          </p>
        )}
        <KeyValue
          nameWidth={84}
          pairs={[
            ['Demands', running.demands],
            ['Shows', <span key="s">{running.serverSubject}</span>],
            ['Refuses by', running.setup.refusal === 'answer' ? '400 and the reason' : 'a TLS alert'],
            rule
              ? ['Signature', running.checksSignature ? `${rule.header} is checked` : `${rule.header} is not checked`]
              : null,
            running.crlUrl
              ? ['List (CRL)', <CopyText key="c" text={running.crlUrl} what="address of the list" />]
              : null,
          ]}
        />
        <div className={classes.file}>
          <Button
            variant="default"
            leftSection={<IconSend size={15} stroke={1.6} aria-hidden />}
            onClick={() => go({ room: 'webhooks', view: 'play' })}
          >
            Play {running.providerName}
          </Button>
          <CopyButton label="Copy its CA" text={running.serverCaPem} what="CA to trust, as PEM" />
        </div>
        <AnswerFields value={value} onChange={(next) => void answer(next)} open />
        {problem && <ProblemNote problem={problem} />}
      </div>
      <div className={side.send}>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} stroke={1.6} aria-hidden />}
          onClick={() => void stop()}
        >
          Stop listening
        </Button>
      </div>
    </section>
  )
}
