import { Button } from '@mantine/core'
import { useState } from 'react'
import { messageText, preparedCall } from '../../shared/handover/hand-texts.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import type { HandoverStep, Message, StepRoom } from '../../shared/providers/handing-over.ts'
import { environmentOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { CopyButton } from '../parts/CopyText.tsx'
import { FirewallLines } from '../parts/handover/FirewallLines.tsx'
import { SaveButton } from '../parts/handover/SaveButton.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SourceLink } from '../parts/SourceLink.tsx'
import { go } from '../place.ts'
import classes from './HandOver.module.css'

const roomWords: Record<StepRoom, string> = {
  request: 'Open the request',
  certificate: 'Attach the certificate',
  export: 'Open the export',
  test: 'Open the test',
  sign: 'Sign their request',
  server: 'Write your server’s configuration',
  listen: 'Listen for webhooks',
  door: 'Check the door',
}

type StepHelpProps = {
  step: HandoverStep
  identity: IdentityDetail
  profile: Profile
  onTab: (tab: 'request' | 'certificate' | 'export') => void
}

/** All that a step takes: how it is done, what goes along with it, and the room where the app does it. */
export function StepHelp({ step, identity, profile, onTab }: StepHelpProps) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const { says, gives, message, room, source } = step
  const place = environmentOf(profile, identity.environment)
  const certificate = gives.includes('certificate') ? identity.certificatePem : undefined
  return (
    <div className={classes.help}>
      {says?.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      {message && <MessagePart message={message} />}
      <PreparedPart step={step} identity={identity} profile={profile} />
      {gives.includes('firewall') && place && place.allowList.length > 0 && (
        <FirewallLines provider={profile.name} addresses={place.allowList} port={place.port} open />
      )}
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.actions}>
        {gives.includes('request') && (
          <>
            <CopyButton text={identity.requestPem} what="request" />
            <SaveButton what="request" identity={identity.handle} onProblem={setProblem} />
          </>
        )}
        {certificate && (
          <>
            <CopyButton text={certificate} what="certificate" />
            <SaveButton what="certificate" identity={identity.handle} onProblem={setProblem} />
          </>
        )}
        {room && (
          <Button variant="default" onClick={() => enter(room, identity.handle, onTab)}>
            {roomWords[room]}
          </Button>
        )}
        <SourceLink profile={profile} source={source} />
      </div>
    </div>
  )
}

function enter(room: StepRoom, identity: string, onTab: StepHelpProps['onTab']) {
  if (room === 'request' || room === 'certificate' || room === 'export') onTab(room)
  else if (room === 'test') go({ room: 'test', identity })
  else if (room === 'sign') go({ room: 'authority', view: 'sign' })
  else go({ room: 'webhooks', view: room })
}

/** The text for whom it concerns. What stands in brackets is for the writer. */
function MessagePart({ message }: { message: Message }) {
  return (
    <section className={classes.message} aria-label="Message">
      <dl>
        <dt>To</dt>
        <dd>{message.to}</dd>
        <dt>Subject</dt>
        <dd>{message.subject}</dd>
      </dl>
      <CodeBlock label="Text of the message" wrap>
        {message.body.trimEnd()}
      </CodeBlock>
      <div className={classes.actions}>
        <CopyButton text={message.body} what="message" />
        <CopyButton text={messageText(message)} what="message with its heads" label="Copy with subject" />
        <span className="quiet">Holds no secret. Complete what stands in [brackets].</span>
      </div>
    </section>
  )
}

/** The provider's own interface does the step: the request as it goes out, and the line that sends it. */
function PreparedPart({ step, identity, profile }: Omit<StepHelpProps, 'onTab'>) {
  const call = preparedCall(step, profile, identity)
  if (!step.request) return null
  if (!call) return <p className="dim">The request for its REST interface is prepared once the certificate is here.</p>
  return (
    <section className={classes.message} aria-label="Prepared request">
      <dl>
        <dt>Request</dt>
        <dd className="mono">
          {call.method} {call.url}
        </dd>
        {call.variables.map(({ name, label }) => (
          <div key={name}>
            <dt>From the environment</dt>
            <dd>
              <code>{name}</code>: {label}
            </dd>
          </div>
        ))}
      </dl>
      <CodeBlock label="curl line" wrap>
        {call.curl.trimEnd()}
      </CodeBlock>
      {call.says && <p className="quiet">{call.says}</p>}
      <div className={classes.actions}>
        <CopyButton text={call.curl} what="curl line" />
        {call.body !== undefined && <CopyButton text={call.body} what="body" />}
      </div>
    </section>
  )
}
