import { Button, Select, Textarea } from '@mantine/core'
import { type Icon, IconCircleDot, IconCircleDotted, IconCircleOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import type { Explanation } from '../../shared/tls/kept-attempts.ts'
import { desk, useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useConnect } from './connect-store.ts'
import classes from './DecoderPane.module.css'

const none = 'none'

const look: Record<Explanation['fits'], { icon: Icon; word: string }> = {
  likely: { icon: IconCircleDot, word: 'Likely' },
  possible: { icon: IconCircleDotted, word: 'Possible' },
  'ruled-out': { icon: IconCircleOff, word: 'Ruled out' },
}

/** Any error text of any program, put into words, and weighed against an identity and its last test. */
export function DecoderPane() {
  const identities = useDesk((state) => state.identities)
  const screen = useConnect((state) => state.screen)
  const formIdentity = useConnect((state) => state.form.identity)
  const [text, setText] = useState('')
  const [identity, setIdentity] = useState<string | null>(formIdentity)
  const [rows, setRows] = useState<Explanation[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  const kept = screen.at === 'answered' && screen.form.identity === identity ? screen.kept : undefined
  const explain = async () => {
    const answer = await desk.explainText({ text, identity, ...(kept !== undefined && { attempt: kept }) })
    setRows(answer.ok ? answer.value.rows : null)
    setProblem(answer.ok ? null : answer.problem)
  }
  return (
    <div className={classes.pane}>
      <Textarea
        label="Error text or log of any program"
        description="From curl, Node, Postman, Java, Go, Python, .NET, nginx or another. It is read on this computer only."
        placeholder="curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0"
        autosize
        minRows={5}
        maxRows={14}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.bar}>
        <Select
          label="Identity it happened with"
          data={[
            ...identities.map((one) => ({ value: one.handle, label: `${one.name} (${one.providerName})` })),
            { value: none, label: 'None, or another' },
          ]}
          value={identity ?? none}
          onChange={(value) => setIdentity(value === null || value === none ? null : value)}
          allowDeselect={false}
        />
        <Button disabled={text.trim() === ''} onClick={() => void explain()}>
          Explain
        </Button>
      </div>
      {kept && <p className="quiet">The test on show is taken into account.</p>}
      {problem && <ProblemNote problem={problem} />}
      <div aria-live="polite">{rows && <Rows rows={rows} />}</div>
    </div>
  )
}

function Rows({ rows }: { rows: readonly Explanation[] }) {
  if (rows.length === 0) {
    return (
      <p>
        Nothing in this text is known. What helps most is the line with an error code or an alert number, such as
        ERR_SSL_…, error:0A…, or “alert number 48”.
      </p>
    )
  }
  return (
    <ol className={classes.rows} aria-label="What the text may mean, likeliest first">
      {rows.map((row) => {
        const { icon: Glyph, word } = look[row.fits]
        return (
          <li key={`${row.code} ${row.matched}`} className={classes.row} data-fits={row.fits} data-code={row.code}>
            <Glyph size={16} stroke={1.8} aria-hidden />
            <div>
              <p className={classes.title}>
                <span className={classes.word}>{word}: </span>
                <span className={row.fits === 'ruled-out' ? classes.struck : undefined}>{row.title}</span>
              </p>
              {row.fits !== 'ruled-out' && <p>{row.cause}</p>}
              <p className="dim">{row.because}</p>
              {row.fits !== 'ruled-out' && <p className={classes.next}>{row.next}</p>}
              <p className="quiet">
                {row.runtime}: <span className="mono">{row.matched}</span>
              </p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
