import { useEffect, useState } from 'react'
import type { Attempt } from '../../shared/tls/attempt.ts'
import { attemptDifferences } from '../../shared/tls/attempt-differences.ts'
import type { AttemptLine } from '../../shared/tls/kept-attempts.ts'
import { desk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import classes from './Table.module.css'

/** The attempt on show beside one that worked: a short table of what is different. */
export function DifferencesPart({ failed, success }: { failed: Attempt; success: AttemptLine }) {
  const [worked, setWorked] = useState<Attempt | null>(null)

  useEffect(() => {
    let shown = true
    void desk.readAttempt({ attempt: success.id }).then((read) => {
      if (shown && read.ok) setWorked(read.value.attempt)
    })
    return () => {
      shown = false
    }
  }, [success.id])

  if (!worked) return null
  const rows = attemptDifferences(failed, worked)
  const when = <DateText iso={success.at} withTime />
  return (
    <section aria-label="What differs from the last success">
      <h3>What differs from the last success</h3>
      {rows.length === 1 && (
        <p>Up to the refusal this test went as the one that worked, so what changed is most likely at the server.</p>
      )}
      <table className={`table ${classes.sides}`} aria-label="What differs from the last success">
        <thead>
          <tr>
            <th scope="col">
              <span className="spoken">What</span>
            </th>
            <th scope="col">Worked, {when}</th>
            <th scope="col">This test</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, name, was, now }) => (
            <tr key={what} data-what={what}>
              <th scope="row">{name}</th>
              <td>{was}</td>
              <td>{now}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
