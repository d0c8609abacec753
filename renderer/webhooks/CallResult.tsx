import type { MadeCall } from '../../shared/calls/listener.ts'
import type { Step } from '../../shared/tls/attempt.ts'
import { CauseList } from '../parts/CauseList.tsx'
import { HeaderTable, HttpBody } from '../parts/HttpBody.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { Ladder } from '../parts/Ladder.tsx'
import { VerdictNote } from '../parts/VerdictNote.tsx'
import classes from './CallResult.module.css'

/** What came of a call that the app made: verdict, answer, what was presented, the handshake. */
export function CallResult({ made }: { made: MadeCall }) {
  const { attempt, verdict, presented, headers } = made
  const [own] = presented
  const { http } = attempt
  return (
    <div className={classes.result}>
      <VerdictNote attempt={attempt} verdict={inYourWords(made)} />
      {verdict.outcome !== 'accepted' && <CauseList causes={verdict.causes} />}
      {http && (
        <>
          <h3>
            Answer <span className="number">{http.status}</span> {http.statusText}
          </h3>
          {http.body === '' ? (
            <p className="dim">The answer has no body.</p>
          ) : (
            <HttpBody body={http.body} label="Body of the answer" />
          )}
        </>
      )}
      <h3>What was sent</h3>
      <KeyValue
        nameWidth={128}
        pairs={[
          ['Certificate', own ? own.subject : 'none'],
          ['Issued by', own?.issuer],
          [
            'SHA-256',
            own && (
              <span key="h" className="mono selectable">
                {own.sha256}
              </span>
            ),
          ],
        ]}
      />
      <HeaderTable headers={headers.map(({ name, value }) => [name, value] as const)} />
      <h3>Handshake</h3>
      <Ladder steps={attempt.steps} attempt={attempt} outcome={verdict.outcome} />
    </div>
  )
}

/** Here the certificate is the provider’s, and the server is yours. */
function inYourWords({ attempt, verdict }: MadeCall): MadeCall['verdict'] {
  if (verdict.cause !== 'ok') return verdict
  return { ...verdict, title: `Your server took the certificate and answered ${attempt.http?.status ?? ''}`.trim() }
}

/** The same while it happens. */
export function CallRunning({ steps }: { steps: readonly Step[] }) {
  return (
    <div className={classes.result}>
      <div role="status">
        <h2>Calling …</h2>
      </div>
      <Ladder steps={steps} running />
    </div>
  )
}
