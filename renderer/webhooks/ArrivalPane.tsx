import { ActionIcon, Button } from '@mantine/core'
import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconDeviceFloppy,
  IconFileSearch,
  IconPin,
  IconRepeat,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import { spacedHex } from '../../shared/pki/key-words.ts'
import type { Arrival } from '../../shared/webhooks/arrival.ts'
import { CopyText } from '../parts/CopyText.tsx'
import { DateText } from '../parts/DateText.tsx'
import { HeaderTable, HttpBody } from '../parts/HttpBody.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { go } from '../place.ts'
import classes from './ArrivalPane.module.css'
import { askedWords } from './arrival-words.ts'
import { useArrivals } from './arrivals-store.ts'
import { useListen } from './listen-store.ts'
import { ReplayDialog } from './ReplayDialog.tsx'

/** One arrival: the verdict first, then what it showed and sent. */
export function ArrivalPane() {
  const detail = useArrivals((state) => state.detail)
  const problem = useArrivals((state) => state.problem)
  const openArrival = useArrivals((state) => state.openArrival)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.pane} aria-label="Arrival" tabIndex={0}>
      <ActionIcon
        className={classes.close}
        variant="subtle"
        color="gray"
        aria-label="Close the arrival"
        onClick={() => void openArrival(null)}
      >
        <IconX size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
      {problem && <ProblemNote problem={problem} />}
      {detail && <Shown key={detail.id} arrival={detail} />}
    </section>
  )
}

function Shown({ arrival }: { arrival: Arrival }) {
  const save = useArrivals((state) => state.save)
  const [replaying, setReplaying] = useState(false)
  const { outcome, says, next, status, signed, kind } = arrival
  const Glyph = outcome === 'accepted' ? IconCircleCheckFilled : IconCircleXFilled
  const { alert } = arrival
  return (
    <>
      <div className={classes.verdict} data-outcome={outcome} data-code={arrival.code}>
        <Glyph size={20} aria-hidden />
        <div>
          <p className={classes.word}>{outcome === 'accepted' ? 'Accepted' : 'Refused'}</p>
          <h2>{says}</h2>
          {next && <p>{next}</p>}
        </div>
      </div>
      {kind === 'request' && (
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRepeat size={15} stroke={1.6} aria-hidden />}
            onClick={() => setReplaying(true)}
          >
            Send it elsewhere
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDeviceFloppy size={15} stroke={1.6} aria-hidden />}
            onClick={() => void save([arrival.id])}
          >
            Save as fixture
          </Button>
        </div>
      )}
      {signed && (
        <div
          className={classes.signed}
          role="note"
          aria-label="Signature of the body"
          data-state={signed.state}
          data-code={signed.code}
        >
          {signed.state === 'good' ? (
            <IconCircleCheckFilled size={16} role="img" aria-label="Good" />
          ) : signed.state === 'unchecked' ? null : (
            <IconCircleXFilled size={16} role="img" aria-label="Wrong" />
          )}
          <span>
            {signed.says} {signed.next && <span className="dim">{signed.next}</span>}
          </span>
        </div>
      )}
      <KeyValue
        nameWidth={128}
        pairs={[
          [
            'Asked',
            <span key="a" className="mono selectable">
              {askedWords(arrival)}
            </span>,
          ],
          ['Came', <DateText key="d" iso={arrival.at} withTime />],
          [
            'From',
            <span key="f" className="number">
              {arrival.from}
            </span>,
          ],
          ['Answered', status === undefined ? 'nothing' : String(status)],
          ['TLS', [arrival.protocol, arrival.cipher].filter(Boolean).join(', ') || undefined],
          ['Asked for host', arrival.serverName],
          [
            'Alert',
            alert && `${alert.name} (${alert.number}), from ${alert.from === 'client' ? 'the caller' : 'the listener'}`,
          ],
        ]}
      />
      <Certificate arrival={arrival} />
      {arrival.body !== '' && (
        <div className={classes.body}>
          <HttpBody body={arrival.body} label="Body of the request" />
          {arrival.bodyForm === 'base64' && <p className="quiet">It is no text, so it is shown in base64.</p>}
          {arrival.bodyCut && (
            <p className="quiet">Of {arrival.bodyBytes?.toLocaleString()} bytes, the first are kept.</p>
          )}
        </div>
      )}
      {arrival.headers.length > 0 && (
        <>
          <h3>Headers</h3>
          <HeaderTable headers={arrival.headers} masked={arrival.masked} />
        </>
      )}
      <ReplayDialog arrival={arrival} opened={replaying} onClose={() => setReplaying(false)} />
    </>
  )
}

function Certificate({ arrival }: { arrival: Arrival }) {
  const change = useListen((state) => state.change)
  const [own, ...above] = arrival.chain
  if (!own) return null
  const pin = () => {
    change({ demand: { by: 'pin', sha256: own.sha256 } })
    say('Pinned: this certificate alone is taken from the next start on')
  }
  return (
    <>
      <h3>Certificate it showed {above.length > 0 && <span className="dim">with {above.length} above it</span>}</h3>
      <KeyValue
        nameWidth={128}
        pairs={[
          ['Subject', <CopyText key="s" text={own.subject} what="subject" />],
          ['Issued by', own.subject === own.issuer ? 'itself (self-signed)' : own.issuer],
          [
            'Valid',
            <span key="v">
              <DateText iso={own.notBefore} /> to <DateText iso={own.notAfter} />
            </span>,
          ],
          ['SHA-256', <CopyText key="h" text={own.sha256} shown={spacedHex(own.sha256)} what="fingerprint" />],
        ]}
      />
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileSearch size={15} stroke={1.6} aria-hidden />}
          onClick={() =>
            go({ room: 'inspect', from: { by: 'text', text: arrival.chain.map(({ pem }) => pem).join('') } })
          }
        >
          Open in Inspect
        </Button>
        <Button size="xs" variant="default" leftSection={<IconPin size={15} stroke={1.6} aria-hidden />} onClick={pin}>
          Pin it
        </Button>
      </div>
    </>
  )
}
