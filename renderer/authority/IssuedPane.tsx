import { Button, Group, Textarea } from '@mantine/core'
import { IconBan, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { issuedState } from '../../shared/authority/book-search.ts'
import type { IssuedDetail } from '../../shared/calls/book.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { CopyButton } from '../parts/CopyText.tsx'
import { DateText } from '../parts/DateText.tsx'
import { FactList } from '../parts/FactList.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { OpenInInspect } from '../parts/OpenInInspect.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { ValidityBar } from '../parts/ValidityBar.tsx'
import room from './AuthorityRoom.module.css'
import { openIssued, openLists, useBook } from './book-store.ts'
import classes from './IssuedView.module.css'
import { issuedMark, revokedWords } from './issued-words.ts'
import { RevokeDialog } from './RevokeDialog.tsx'

type Props = { issued: IssuedDetail; today: Date; onRenew: (issued: string) => void }

/** One issued certificate: what became of it, what may be done, what it says. */
export function IssuedPane({ issued, today, onRenew }: Props) {
  const { handle, name, facts, certificatePem, revoked, renewedBy, renews, authority } = issued
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const list = useBook((state) => state.book?.authorities.find((one) => one.handle === authority)?.list.state)
  const others = useBook((state) => state.book?.issued)
  const state = issuedState(issued, today)
  const nameOf = (other: string | undefined) => others?.find((one) => one.handle === other)?.name
  const link = (other: string | undefined) =>
    other && nameOf(other) ? (
      <Button variant="subtle" size="compact-sm" px={0} onClick={() => void openIssued(other)}>
        <bdi>{nameOf(other)}</bdi>
      </Button>
    ) : undefined
  const save = async () => {
    const saved = await desk.saveIssued({ issued: handle })
    setProblem(saved.ok ? null : saved.problem)
    if (saved.ok && saved.value.saved) say(savedWords([saved.value.saved]))
  }
  const note = async (text: string) => {
    if (text === (issued.note ?? '')) return
    const noted = await desk.noteIssued({ issued: handle, note: text })
    setProblem(noted.ok ? null : noted.problem)
  }
  const spent = revoked?.reason === 'keyCompromise'
  const notYet = revoked && list !== 'current' && state === 'revoked'

  return (
    <>
      <h2 className={room.title}>
        <bdi>{name}</bdi>
      </h2>
      <div className={classes.mark}>
        <StateMark {...issuedMark(issued, today)} />
      </div>
      {issued.notBefore && !revoked && (
        <ValidityBar notBefore={issued.notBefore} notAfter={issued.notAfter} today={today} />
      )}
      {notYet && list !== 'due' && (
        <div className={classes.behind}>
          {list === 'over' ? 'The list that names it has run out.' : 'No list from here names it yet.'} Servers learn of
          it by the next revocation list.{' '}
          <Button size="compact-sm" variant="default" onClick={openLists}>
            Go to lists
          </Button>
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
      <Group gap={8}>
        <Button
          variant={state === 'expiring' || state === 'expired' ? 'filled' : 'default'}
          leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
          onClick={() => onRenew(handle)}
          disabled={!issued.renewable || spent}
        >
          Renew with the same request
        </Button>
        {!revoked && (
          <Button
            variant="default"
            leftSection={<IconBan size={16} stroke={1.6} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            Revoke…
          </Button>
        )}
        <Button variant="default" onClick={() => void save()} disabled={!issued.here}>
          Save certificate…
        </Button>
        {certificatePem && (
          <>
            <CopyButton text={certificatePem} what="PEM" />
            <OpenInInspect pem={certificatePem} />
          </>
        )}
      </Group>
      {!issued.renewable && (
        <p className="quiet">Its request is not here, so renewing it begins with a request from its owner.</p>
      )}
      {issued.renewable && spent && (
        <p className="quiet">Its key is in other hands: a new certificate needs a request with a new key.</p>
      )}
      <section>
        <h3>In the book</h3>
        <KeyValue
          pairs={[
            ['Issued by', <bdi key="a">{issued.authorityName}</bdi>],
            [issued.here ? 'Issued' : 'Taken over', <DateText key="i" iso={issued.issuedAt} withTime />],
            ['Revoked', revoked && <DateText iso={revoked.at} withTime />],
            ['Reason', revoked && revokedWords(issued)],
            ['Key unsafe since', revoked?.invalidSince && <DateText iso={revoked.invalidSince} />],
            ['Renews', link(renews)],
            ['Renewed by', link(renewedBy)],
            ['Provider', issued.provider],
          ]}
        />
      </section>
      <Textarea
        className={classes.note}
        label="Note"
        defaultValue={issued.note ?? ''}
        key={handle}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        onBlur={(event) => void note(event.currentTarget.value)}
      />
      {facts ? (
        <section>
          <h3>Certificate</h3>
          <FactList facts={facts} today={today} />
        </section>
      ) : (
        <p className="dim">
          The certificate itself is not here: OpenSSL’s index names it, serial number {issued.serial}, subject{' '}
          {issued.subject}.
        </p>
      )}
      <RevokeDialog opened={asking} onClose={() => setAsking(false)} issued={issued} today={today} />
    </>
  )
}
