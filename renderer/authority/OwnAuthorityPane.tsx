import { Button, Checkbox, Group } from '@mantine/core'
import { IconSignature, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import { desk } from '../desk.ts'
import { ChainPicture } from '../parts/ChainPicture.tsx'
import { CopyButton } from '../parts/CopyText.tsx'
import { DateText } from '../parts/DateText.tsx'
import { FactList } from '../parts/FactList.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { OpenInInspect } from '../parts/OpenInInspect.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretLine } from '../parts/SecretLine.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { ValidityBar } from '../parts/ValidityBar.tsx'
import classes from './AuthorityRoom.module.css'
import { ChangeService } from './ChangeService.tsx'
import { DefaultsForm } from './DefaultsForm.tsx'
import { kindWords } from './own-words.ts'

type Props = {
  authority: AuthorityDetail
  today: Date
  /** `null` for one that is kept for the authority below it, or was followed by another. */
  onSign: (() => void) | null
}

/** One authority of one’s own: what it may do, where its key is, what its certificates get, what it has done. */
export function OwnAuthorityPane({ authority, today, onSign }: Props) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const { handle, name, facts, certificatePem, chain, askEachTime, key, keyAt, history } = authority
  const take = (answer: Result<unknown>) =>
    setProblem(answer.ok || answer.problem.code === 'app.cancelled' ? null : answer.problem)
  const save = async () => {
    const saved = await desk.saveAuthority({ authority: handle })
    take(saved)
    if (saved.ok && saved.value.saved) say(savedWords([saved.value.saved]))
  }
  return (
    <>
      <h2 className={classes.title}>
        <bdi>{name}</bdi>
      </h2>
      <p className="dim">{kindWords(authority)}</p>
      <ValidityBar notBefore={authority.notBefore} notAfter={authority.notAfter} today={today} />
      {keyAt === 'vault' && <SecretLine keptBy={authority.keptBy} />}
      {keyAt !== 'vault' && (
        <p className="dim">
          Private key: {keyAt === 'token' ? 'in the token' : 'with the signing service'} {authority.keyPlace}
          {authority.service && <ChangeService authority={authority} key={handle} />}
        </p>
      )}
      {!onSign && (
        <p className="dim">
          {authority.successor
            ? 'Another authority has taken over from it. It still signs revocation lists for what it has issued.'
            : 'Kept for the authority below it, which signs the requests. Servers trust this one.'}
        </p>
      )}
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.actions}>
        {onSign && (
          <Button leftSection={<IconSignature size={16} stroke={1.6} aria-hidden />} onClick={onSign}>
            Sign a request
          </Button>
        )}
        <Button variant="default" onClick={() => void save()}>
          Save certificate…
        </Button>
        <CopyButton text={certificatePem} what="PEM" />
        <OpenInInspect pem={certificatePem} />
      </div>
      {keyAt === 'vault' && (
        <Checkbox
          label="Ask before each use of its key"
          description="A question by the system, each time something is signed."
          checked={askEachTime}
          onChange={(event) => {
            void desk.changeAuthority({ authority: handle, askEachTime: event.currentTarget.checked }).then(take)
          }}
        />
      )}
      {onSign && (
        <section>
          <h3>What its certificates get</h3>
          <DefaultsForm authority={authority} onProblem={setProblem} key={handle} />
        </section>
      )}
      {chain.length > 0 && (
        <section>
          <h3>Chain</h3>
          <ChainPicture
            chain={[facts, ...chain.map((one) => one.facts)].map((one) => ({
              subject: one.subject ?? '',
              issuer: one.issuer ?? '',
              notAfter: one.notAfter ?? '',
              sha256: one.sha256 ?? '',
            }))}
            today={today}
            leafWord="This authority"
          />
        </section>
      )}
      <section>
        <h3>Certificate</h3>
        <FactList facts={facts} today={today} />
        <KeyValue
          pairs={[
            ['Authorities below it', facts.pathLength === undefined ? 'as many as it likes' : `${facts.pathLength}`],
            ['Made as', key && keyLabel[key]],
          ]}
        />
      </section>
      <section>
        <h3>What was done</h3>
        <ol className={classes.history}>
          {[...history].reverse().map((event, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two events of one kind may fall into the same second
            <li key={at}>
              <DateText iso={event.at} /> <span>{event.what.replaceAll('-', ' ')}</span>{' '}
              {event.detail && <bdi className="dim">{event.detail}</bdi>}
            </li>
          ))}
        </ol>
      </section>
      <Group>
        <Button
          variant="subtle"
          color="red"
          size="xs"
          leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
          onClick={() => void desk.removeAuthority({ authority: handle }).then(take)}
        >
          Remove authority and key…
        </Button>
      </Group>
    </>
  )
}
