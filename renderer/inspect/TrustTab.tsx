import { Loader, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useState } from 'react'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import type { PathVerdict, Purpose } from '../../shared/pki/inspect-calls.ts'
import { desk, useDesk } from '../desk.ts'
import { ChainPicture } from '../parts/ChainPicture.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import classes from './Asking.module.css'
import { useInspect } from './inspect-store.ts'
import type { Listing } from './listing.ts'
import { titleOf } from './object-words.ts'
import { droppedRoots, momentOf, rootsOf, startQuestion, type TrustQuestion } from './trust-question.ts'

const purposes: { value: Purpose; label: string }[] = [
  { value: 'client', label: 'As a client' },
  { value: 'server', label: 'As a server' },
  { value: 'any', label: 'Either' },
]
/** More choices are not chosen from but searched; the rest of the list is one drop away. */
const mostRoots = 60
const restMs = 250

type Props = { object: InspectedObject; listing: Listing; today: Date }

/** Would this certificate be trusted, by whom, for what, when: the verdict, and the path it stands on. */
export function TrustTab({ object, listing, today }: Props) {
  const [question, setQuestion] = useState(() => startQuestion(object, listing, today))
  const change = (part: Partial<TrustQuestion>) => setQuestion((now) => ({ ...now, ...part }))
  const identities = useDesk((state) => state.identities)
  const roots = droppedRoots(listing)
  const data = [
    { value: 'system', label: 'This computer’s roots' },
    {
      value: 'dropped',
      label: `Roots among what was dropped (${roots.length.toLocaleString()})`,
      disabled: roots.length === 0,
    },
    ...roots.slice(0, mostRoots).map((row) => ({ value: `object:${row.id}`, label: `Only ${titleOf(row)}` })),
    ...identities
      .filter((one) => one.notAfter !== undefined)
      .map((one) => ({ value: `identity:${one.handle}`, label: `Provider CA of ${one.name}` })),
  ]
  return (
    <div className={classes.asking}>
      <div className={`${classes.fields} ${classes.question}`}>
        <div className={classes.wide}>
          <span className={classes.label} id="trust-purpose">
            Would it be trusted …
          </span>
          <SegmentedControl
            aria-labelledby="trust-purpose"
            data={purposes}
            value={question.purpose}
            onChange={(purpose) => change({ purpose })}
          />
        </div>
        {question.purpose === 'server' && (
          <TextInput
            className={classes.whole}
            label="Under the host name"
            placeholder="api.example.com"
            value={question.host}
            maxLength={253}
            spellCheck={false}
            onChange={(event) => change({ host: event.currentTarget.value })}
          />
        )}
        <TextInput
          className={classes.day}
          type="date"
          label="On"
          value={question.day}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
        <Select
          label="By someone who trusts"
          data={data}
          value={question.roots}
          onChange={(value) => value && change({ roots: value })}
          allowDeselect={false}
          searchable={data.length > 8}
          maxDropdownHeight={280}
        />
      </div>
      <Verdict object={object} question={question} inspection={listing.inspection} today={today} listing={listing} />
    </div>
  )
}

type VerdictProps = Props & { question: TrustQuestion; inspection: string }

function Verdict({ object, question, inspection, today, listing }: VerdictProps) {
  const [now] = useState(() => new Date())
  const at = momentOf(question.day, now)
  const roots = rootsOf(question.roots, inspection)
  const host = question.purpose === 'server' ? question.host.trim() : ''
  const key = at && roots ? JSON.stringify([inspection, object.id, question.purpose, host, at, roots]) : null
  const ask = () =>
    desk.checkTrust({
      object: { of: 'inspection', inspection, object: object.id },
      inspection,
      purpose: question.purpose,
      ...(host !== '' && { host }),
      at: at ?? now.toISOString(),
      roots: roots ?? { by: 'system' },
    })
  const { answered, isLate } = useAnswer(key, ask, restMs)
  if (key === null) return <p className="dim">Choose a day.</p>
  if (!answered || isLate) return isLate ? <Loader size={16} aria-label="Checking" /> : null
  if (!answered.answer.ok) return <ProblemNote problem={answered.answer.problem} />
  return <VerdictWords verdict={answered.answer.value} today={today} listing={listing} />
}

function VerdictWords({ verdict, today, listing }: { verdict: PathVerdict; today: Date; listing: Listing }) {
  const choose = useInspect((state) => state.choose)
  const { trusted, reason, says, next, path } = verdict
  const Glyph = trusted ? IconShieldCheck : IconShieldX
  return (
    <section
      className={classes.answer}
      aria-label="Verdict"
      data-trusted={trusted}
      data-problem={trusted ? undefined : reason}
    >
      <p className={classes.verdict} data-outcome={trusted ? 'yes' : 'no'} role="status">
        <Glyph size={20} stroke={1.7} aria-hidden />
        <span>
          <strong>{trusted ? 'Yes.' : 'No.'}</strong> {says}
        </span>
      </p>
      {next && <p className={classes.next}>{next}</p>}
      {path.length > 0 && (
        <ChainPicture
          chain={path}
          today={today}
          leafWord="This certificate"
          trusted={trusted}
          onOpen={({ sha256 }) => {
            const row = listing.rows.find((one) => one.facts.sha256 === sha256)
            if (row) choose(row.id)
          }}
        />
      )}
      {!trusted && <p className="quiet">Reason: {reason}</p>}
    </section>
  )
}
