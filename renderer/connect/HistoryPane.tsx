import { Anchor } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Attempt } from '../../shared/tls/attempt.ts'
import type { AttemptLine, Endpoint } from '../../shared/tls/kept-attempts.ts'
import { desk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { OutcomeMark } from '../parts/OutcomeMark.tsx'
import { useToday } from '../parts/use-today.ts'
import { DifferencesPart } from './DifferencesPart.tsx'
import { successBefore } from './success-before.ts'
import classes from './Table.module.css'

const by: Record<AttemptLine['by'], string> = {
  hand: 'by hand',
  all: 'in a test of all',
  watch: 'by the daily watch',
}

type Props = {
  /** The attempt on show, by its name in the history. */
  attempt: string
  /** What happened in it. */
  facts: Attempt
  onOpen: (attempt: string) => void
}

/** The last tests of the same endpoint, and since when it fails. */
export function HistoryPane({ attempt, facts, onOpen }: Props) {
  const [known, setKnown] = useState<{ endpoint: Endpoint; lines: AttemptLine[] } | null>(null)
  const today = useToday()

  useEffect(() => {
    let shown = true
    void (async () => {
      const read = await desk.readAttempt({ attempt })
      if (!read.ok || !shown) return
      const { endpoint } = read.value
      const list = await desk.listAttempts({ endpoint: endpoint.id })
      if (list.ok && shown) setKnown({ endpoint, lines: list.value.lines })
    })()
    return () => {
      shown = false
    }
  }, [attempt])

  if (!known) return null
  const { endpoint, lines } = known
  const success = successBefore(lines, attempt)
  return (
    <>
      <p>{standing(endpoint)}</p>
      {endpoint.failsSince && endpoint.last.outcome !== 'accepted' && (
        <p>
          Fails since <DateText iso={endpoint.failsSince} today={today} withTime />
          {endpoint.lastWorked ? (
            <>
              , last worked <DateText iso={endpoint.lastWorked} withTime />.
            </>
          ) : (
            ', and has not worked yet.'
          )}
        </p>
      )}
      {success && <DifferencesPart failed={facts} success={success} />}
      {success && <h3>All tests</h3>}
      <table className={`table ${classes.tests}`} aria-label="Tests of this endpoint">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Result</th>
            <th scope="col">What</th>
            <th scope="col" className="end">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} aria-current={line.id === attempt ? 'true' : undefined}>
              <th scope="row" className="narrow">
                {line.id === attempt ? (
                  <DateText iso={line.at} withTime />
                ) : (
                  <Anchor component="button" type="button" fz="inherit" onClick={() => onOpen(line.id)}>
                    <DateText iso={line.at} withTime />
                  </Anchor>
                )}
                <div className="quiet">{line.id === attempt ? 'shown here' : by[line.by]}</div>
              </th>
              <td className="narrow">
                <OutcomeMark outcome={line.outcome} />
              </td>
              <td>
                {line.title}
                <div className="quiet">
                  {[line.cause, line.protocol, line.status && `HTTP ${line.status}`].filter(Boolean).join(' · ')}
                </div>
              </td>
              <td className="narrow end number">{Math.round(line.durationMs)} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function standing({ attempts, host, identityName }: Endpoint): string {
  const count = attempts === 1 ? 'One test' : `The last ${attempts} tests`
  return `${count} of ${host} ${identityName ? `with “${identityName}”` : 'without a certificate'}.`
}
