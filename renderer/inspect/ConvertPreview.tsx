import { IconCircleCheck, IconCircleX, IconKey, IconLock } from '@tabler/icons-react'
import type { ConversionRow } from '../../shared/calls/conversion.ts'
import classes from './ConvertDialog.module.css'
import { inOrderOfNeed } from './conversion-wish.ts'

/** More are not drawn: who converts thousands does not read a thousand lines. */
const most = 200

const look = {
  ready: { icon: IconCircleCheck, word: 'Will be written' },
  locked: { icon: IconLock, word: 'Locked' },
  refused: { icon: IconCircleX, word: 'Stays as it is' },
} as const

function Row({ row, open }: { row: ConversionRow; open: boolean }) {
  const { icon: Glyph, word } = look[row.state]
  return (
    <tr data-state={row.state} data-problem={row.code}>
      <th scope="row" className="third" title={row.file}>
        {row.file === '-' ? 'Pasted text' : row.file}
      </th>
      <td className="narrow">
        <span className={classes.state} data-state={row.state}>
          <Glyph size={15} stroke={1.8} aria-hidden />
          {word}
        </span>
      </td>
      <td>
        {row.state === 'ready' ? (
          <>
            {row.becomes}
            <span className={classes.more}>
              {row.secret && <IconKey size={13} stroke={1.8} aria-hidden />}
              {row.holds}
              {row.secret && open && ', in the clear'}
            </span>
          </>
        ) : (
          <>
            {row.title}
            <span className={classes.more}>{row.next}</span>
          </>
        )}
      </td>
    </tr>
  )
}

/** What becomes of each file; what wants a look stands first. */
export function ConvertPreview({
  rows,
  stale,
  open,
}: {
  rows: readonly ConversionRow[]
  stale: boolean
  open: boolean
}) {
  if (rows.length === 0) return null
  return (
    <section
      className={`table-box ${classes.preview}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label="What becomes of each file"
      aria-busy={stale}
    >
      <table className="table">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">What happens</th>
            <th scope="col">Becomes</th>
          </tr>
        </thead>
        <tbody>
          {inOrderOfNeed(rows)
            .slice(0, most)
            .map((row) => (
              <Row key={row.file} row={row} open={open} />
            ))}
        </tbody>
      </table>
      {rows.length > most && <p className="quiet">… and {(rows.length - most).toLocaleString()} more</p>}
    </section>
  )
}
