import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { WhoOpens } from '../../shared/pki/inspect-calls.ts'
import classes from './OpensTable.module.css'

const look = {
  yes: { icon: IconCircleCheck, word: 'Yes' },
  partly: { icon: IconAlertTriangle, word: 'Partly' },
  no: { icon: IconCircleX, word: 'No' },
} as const

function Opens({ opens }: Pick<WhoOpens, 'opens'>) {
  const { icon: Glyph, word } = look[opens]
  return (
    <span className={classes.opens} data-opens={opens}>
      <Glyph size={15} stroke={1.8} aria-hidden />
      {word}
    </span>
  )
}

/** Which programs open a file, why, and which of them were run to learn it. */
export function OpensTable({ rows, label }: { rows: readonly WhoOpens[]; label: string }) {
  return (
    <table className="table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Program</th>
          <th scope="col">Opens it</th>
          <th scope="col">Why, and how that is known</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ who, opens, why, measured }) => (
          <tr key={who}>
            <th scope="row" className="third">
              {who}
            </th>
            <td className="narrow">
              <Opens opens={opens} />
            </td>
            <td>
              {why}
              <div className="quiet">
                {measured === null ? 'Not measured here: as its makers and users say' : `Measured: ${measured}`}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
