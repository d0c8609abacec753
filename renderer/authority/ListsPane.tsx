import { Button, Group, Menu, Select } from '@mantine/core'
import { IconChevronDown, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { BookAuthority } from '../../shared/calls/book.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import { desk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import room from './AuthorityRoom.module.css'
import { FollowDialog } from './FollowDialog.tsx'
import classes from './IssuedView.module.css'
import { listMark } from './issued-words.ts'

type Props = { authorities: BookAuthority[]; today: Date }

/** Each authority with its revocation list, and what servers are to trust. */
export function ListsPane({ authorities, today }: Props) {
  return (
    <>
      <h2 className={room.title}>Lists and trust</h2>
      <p className="dim">
        A server learns of a revocation only by the next revocation list (CRL) that you give it. A list that has run out
        makes most servers refuse everybody, so it is made anew in time.
      </p>
      {authorities.map((authority) => (
        <ListOf key={authority.handle} authority={authority} authorities={authorities} today={today} />
      ))}
    </>
  )
}

const lengths = [1, 7, 14, 30, 90].map((days) => ({
  value: String(days),
  label: days === 1 ? 'good for a day' : `good for ${days} days`,
}))

type OneProps = { authority: BookAuthority; authorities: BookAuthority[]; today: Date }

function ListOf({ authority, authorities, today }: OneProps) {
  const { handle, name, list, keyAt, notAfter, successor, predecessor, revoked, issued, listDays } = authority
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [follow, setFollow] = useState(false)
  const [days, setDays] = useState(String(listDays))
  const ended = Date.parse(notAfter) <= today.getTime()
  const byService = keyAt === 'cfssl' || keyAt === 'est'
  const nameOf = (other: string | undefined) => authorities.find((one) => one.handle === other)?.name

  const take = (answer: Result<{ saved: string | null } | object>) => {
    setProblem(answer.ok || answer.problem.code === 'app.cancelled' ? null : answer.problem)
    if (answer.ok && 'saved' in answer.value && answer.value.saved) say(savedWords([answer.value.saved]))
  }
  const make = async () => {
    setBusy(true)
    const made = await desk.makeList({ authority: handle, days: Number(days) })
    setBusy(false)
    take(made)
    if (made.ok) say(`Signed list ${made.value.list.number}`)
  }
  const save = async (format: 'pem' | 'der') => {
    const saved = await desk.saveList({ authority: handle, format })
    take(saved)
    if (!saved.ok || !saved.value.saved) return
    const { of, missing } = saved.value
    say(
      missing.length > 0
        ? `Saved, but without the list of ${missing.join(', ')}`
        : `Saved ${of.length === 1 ? 'the list' : `the lists of ${of.join(', ')}`}`,
    )
  }
  const choices = lengths.some(({ value }) => value === days)
    ? lengths
    : [...lengths, { value: days, label: `good for ${days} days` }]

  return (
    <section className={classes.list} aria-label={name}>
      <div className={classes.listHead}>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <span className="quiet">
          {issued.toLocaleString()} issued, {revoked.toLocaleString()} revoked
        </span>
      </div>
      {byService ? (
        <p className="dim">Its service makes its lists. What is revoked here has to be revoked there too.</p>
      ) : ended ? (
        <p className="dim">
          Ended on <DateText iso={notAfter} />: nothing that it issued is trusted any more, and it needs no list.
        </p>
      ) : (
        <div className={classes.mark}>
          <StateMark {...listMark(authority, today)} />
        </div>
      )}
      <KeyValue
        pairs={[
          ['Last list', list.number === undefined ? undefined : `number ${list.number}`],
          ['Good from', list.thisUpdate && <DateText iso={list.thisUpdate} withTime />],
          ['Good until', list.nextUpdate && <DateText iso={list.nextUpdate} withTime today={today} />],
          ['Takes over from', nameOf(predecessor)],
          ['Followed by', nameOf(successor)],
        ]}
      />
      {problem && <ProblemNote problem={problem} />}
      <Group gap={8}>
        {!byService && !ended && (
          <>
            <Button
              size="xs"
              variant={['behind', 'due', 'over'].includes(list.state) ? 'filled' : 'default'}
              leftSection={<IconRefresh size={15} stroke={1.6} aria-hidden />}
              onClick={() => void make()}
              loading={busy}
            >
              {list.number === undefined ? 'Make a list' : 'Make the next list'}
            </Button>
            <Select
              size="xs"
              w={150}
              aria-label={`How long the list of ${name} is good for`}
              data={choices}
              value={days}
              onChange={(value) => value && setDays(value)}
              allowDeselect={false}
            />
          </>
        )}
        <Menu position="bottom-start" shadow="md" width={330}>
          <Menu.Target>
            <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
              Save
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {!byService && !ended && (
              <>
                <Menu.Item onClick={() => void save('pem')}>Revocation lists for a server (PEM)…</Menu.Item>
                <Menu.Item onClick={() => void save('der')}>Revocation list for a web address (DER)…</Menu.Item>
                <Menu.Divider />
              </>
            )}
            <Menu.Item onClick={() => void desk.saveTrustBundle({ authority: handle }).then(take)} disabled={ended}>
              {successor || predecessor ? 'Certificates to trust, old and new…' : 'Certificates to trust…'}
            </Menu.Item>
            <Menu.Item onClick={() => void desk.saveIndex({ authority: handle }).then(take)}>
              Index in OpenSSL’s form…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {!byService && !successor && (
          <Button size="xs" variant="default" onClick={() => setFollow(true)}>
            Let another take over…
          </Button>
        )}
      </Group>
      <FollowDialog opened={follow} onClose={() => setFollow(false)} authority={handle} />
    </section>
  )
}
