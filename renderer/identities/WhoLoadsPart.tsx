import type { Receiver } from '../../shared/handover/receivers.ts'
import { whoLoads } from '../../shared/handover/who-loads.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { WhoOpens } from '../../shared/pki/inspect-calls.ts'
import { OpensTable } from '../parts/OpensTable.tsx'
import classes from './Tabs.module.css'

const counted = (rows: readonly WhoOpens[]) => {
  const yes = rows.filter(({ opens }) => opens === 'yes').length
  return `${yes} of ${rows.length} ${rows.length === 1 ? 'program opens' : 'programs open'} it`
}

type Props = { receiver: Receiver; identity: IdentityDetail; locked: boolean }

/** Who can open what is about to be written, by what was measured. */
export function WhoLoadsPart({ receiver, identity, locked }: Props) {
  const tables = whoLoads(receiver, identity.key, locked)
  return (
    <details className={classes.more}>
      <summary>Who can open this</summary>
      <div className={classes.stack}>
        {tables.map(({ holds, rows }) => (
          <section key={holds} aria-label={holds}>
            <h3 className={classes.title}>
              {holds} <span className="dim">{counted(rows)}</span>
            </h3>
            <OpensTable rows={rows} label={`Who can open: ${holds}`} />
          </section>
        ))}
      </div>
    </details>
  )
}
