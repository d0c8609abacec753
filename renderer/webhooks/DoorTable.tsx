import { Loader } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleXFilled, IconHelpCircle, IconMinus } from '@tabler/icons-react'
import type { DoorCase, DoorRow, DoorVerdict, DoorVersion } from '../../shared/door/door-report.ts'
import { caseWords, remedies, verdictWords, versionWords } from '../../shared/door/door-words.ts'
import classes from './DoorTable.module.css'

const marks: Record<DoorVerdict, typeof IconMinus> = {
  shut: IconCircleCheckFilled,
  'lets-in': IconCircleCheckFilled,
  open: IconCircleXFilled,
  'shuts-out': IconCircleXFilled,
  'cannot-tell': IconHelpCircle,
  'not-tried': IconMinus,
}

const versions: DoorVersion[] = ['TLSv1.3', 'TLSv1.2']

/** Each thing that is presented in a line, with what became of it in both versions of TLS. */
export function DoorTable({ rows }: { rows: readonly DoorRow[] }) {
  const cases = [...new Set(rows.map((row) => row.case))]
  if (cases.length === 0) return null
  return (
    <div className={classes.frame}>
      <table className={`table ${classes.table}`} aria-label="Door check">
        <thead>
          <tr>
            <th scope="col">Presented</th>
            <th scope="col">Must be</th>
            {versions.map((version) => (
              <th scope="col" key={version}>
                {versionWords[version]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <Line key={one} one={one} rows={rows.filter((row) => row.case === one)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({ one, rows }: { one: DoorCase; rows: readonly DoorRow[] }) {
  const [first, second] = rows
  const accepts = rows.some(({ verdict }) => verdict === 'open')
  const open = accepts || rows.some(({ verdict }) => verdict === 'shuts-out')
  const untried = rows.every(({ verdict }) => verdict === 'not-tried') && first?.because === second?.because
  return (
    <>
      <tr data-case={one} data-open={open || undefined} data-untried={untried || undefined}>
        <th scope="row">
          {caseWords[one].name}
          <div className={`quiet ${classes.made}`}>{caseWords[one].made}</div>
        </th>
        <td className={`narrow dim ${classes.expected}`}>{first?.expected === 'let-in' ? 'let in' : 'refused'}</td>
        {untried && first ? (
          <td colSpan={2}>
            <Verdict row={first} />
          </td>
        ) : (
          rows.map((row) => (
            <td key={row.version}>
              <Verdict row={row} />
            </td>
          ))
        )}
      </tr>
      {accepts && one !== 'right' && (
        <tr className={classes.remedy}>
          <td colSpan={4}>{remedies[one]}</td>
        </tr>
      )}
    </>
  )
}

function Verdict({ row: { state, verdict, seen, because } }: { row: DoorRow }) {
  if (state === 'running') {
    return (
      <span className={classes.verdict}>
        <Loader size={14} aria-hidden /> Calling …
      </span>
    )
  }
  if (verdict === undefined) return <div className="quiet">Waiting</div>
  const Shape = marks[verdict]
  const told = verdict === 'shut' || verdict === 'lets-in' ? seen?.says : because
  return (
    <>
      <span className={classes.verdict} data-verdict={verdict}>
        <Shape size={15} aria-hidden />
        {verdict === 'open' ? 'Open: accepts it' : verdictWords[verdict]}
      </span>
      {told && <div className="quiet">{told}</div>}
    </>
  )
}
