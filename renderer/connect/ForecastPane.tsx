import { type Icon, IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import type { ForecastRow } from '../../shared/tls/kept-attempts.ts'
import { desk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import classes from './Table.module.css'

type Answer = ForecastRow['loads']

const look: Record<Answer['answer'], { icon: Icon; word: string }> = {
  yes: { icon: IconCircleCheck, word: 'Yes' },
  no: { icon: IconCircleX, word: 'No' },
  partly: { icon: IconAlertTriangle, word: 'Depends' },
  unknown: { icon: IconHelpCircle, word: 'Not known' },
}

/** Names of options stand between backticks, for the terminal as well. */
function Words({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in its order
  return text.split('`').map((piece, at) => (at % 2 === 1 ? <code key={at}>{piece}</code> : piece))
}

function Cell({ answer, why }: Answer) {
  const { icon: Glyph, word } = look[answer]
  return (
    <td>
      <div className={classes.answer} data-answer={answer}>
        <Glyph size={16} stroke={1.8} aria-hidden />
        <div>
          {word}
          <div className="quiet">
            <Words text={why} />
          </div>
        </div>
      </div>
    </td>
  )
}

type Props = { identity: string; attempt?: string }

/** What other programs would do with this identity and this server, by what was measured of them. */
export function ForecastPane({ identity, attempt }: Props) {
  const [rows, setRows] = useState<ForecastRow[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  useEffect(() => {
    let shown = true
    void desk.forecast({ identity, ...(attempt !== undefined && { attempt }) }).then((answer) => {
      if (!shown) return
      if (answer.ok) setRows(answer.value.rows)
      else setProblem(answer.problem)
    })
    return () => {
      shown = false
    }
  }, [identity, attempt])

  if (problem) return <ProblemNote problem={problem} />
  if (!rows) return null
  return (
    <table className={`table ${classes.forecast}`} aria-label="What other programs would do">
      <thead>
        <tr>
          <th scope="col">Program</th>
          <th scope="col">Loads the files</th>
          <th scope="col">Sends the certificate</th>
          <th scope="col">Accepts the server</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.runtime}>
            <th scope="row">
              {row.name}
              <div className="quiet">{row.says}</div>
            </th>
            <Cell {...row.loads} />
            <Cell {...row.sends} />
            <Cell {...row.trusts} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
