import type { IdentitySummary } from '../../shared/identity.ts'
import { DateText } from '../parts/DateText.tsx'
import { IdentityLink } from '../parts/IdentityLink.tsx'
import { renewFrom } from '../parts/lifeline-marks.ts'
import { StateMark } from '../parts/StateMark.tsx'
import { stateWords } from '../parts/state-words.ts'
import classes from './CalendarRoom.module.css'
import { leftWords } from './left-words.ts'

type Props = { identities: readonly IdentitySummary[]; today: Date; remindDays: number }

/** The same dates as a table, for reading instead of looking. */
export function DateTable({ identities, today, remindDays }: Props) {
  return (
    <table className={classes.table} aria-label="Dates of all identities">
      <thead>
        <tr>
          <th scope="col">Identity</th>
          <th scope="col">State</th>
          <th scope="col">Valid from</th>
          <th scope="col">Renew from</th>
          <th scope="col">Expires</th>
          <th scope="col">Left</th>
        </tr>
      </thead>
      <tbody>
        {identities.map((identity) => {
          const renew = renewFrom(identity, remindDays)
          return (
            <tr key={identity.handle}>
              <th scope="row">
                <IdentityLink identity={identity} />
                <span className="quiet">
                  {identity.providerName} {identity.environmentName}
                </span>
              </th>
              <td>
                <StateMark {...stateWords(identity, today, remindDays)} />
              </td>
              <td>{identity.notBefore && <DateText iso={identity.notBefore} />}</td>
              <td>{renew !== null && <DateText iso={new Date(renew).toISOString()} />}</td>
              <td>{identity.notAfter && <DateText iso={identity.notAfter} />}</td>
              <td className="number">{leftWords(identity, today)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
