import { Anchor, Button } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { words } from '../../shared/phrasebook.ts'
import type { Problem, ProblemCode } from '../../shared/problems.ts'
import { readAboutProblem } from './guide-panel.ts'
import classes from './ProblemNote.module.css'

/** Not faults: something is needed first. They are asked for calmly. */
const asks: ReadonlySet<ProblemCode> = new Set([
  'key.passphrase-needed',
  'vault.locked',
  'vault.not-set-up',
  'vault.wait',
  'export.no-certificate',
  'test.blank-missing',
  'app.cancelled',
])

type Action = { label: string; run: () => void }

type ProblemNoteProps = {
  problem: Problem
  /** The next step as a button, where the app can do it. */
  action?: Action
  /** More ways on, or a field that answers the problem. */
  children?: ReactNode
}

/** A refusal in words: what happened, why probably, what now. */
export function ProblemNote({ problem, action, children }: ProblemNoteProps) {
  const { title, causes, next } = words(problem)
  const Glyph = asks.has(problem.code) ? IconInfoCircle : IconAlertTriangle
  return (
    <div
      className={classes.note}
      role="alert"
      data-problem={problem.code}
      data-asks={asks.has(problem.code) || undefined}
    >
      <Glyph size={18} stroke={1.8} className={classes.glyph} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        {causes.length === 1 && <p className={classes.causes}>{causes[0]}</p>}
        {causes.length > 1 && (
          <ul className={classes.causes}>
            {causes.map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
        )}
        <p className={classes.next}>{next}</p>
        {action && (
          <Button variant="default" size="xs" className={classes.action} onClick={action.run}>
            {action.label}
          </Button>
        )}
        {children}
        <p className={classes.about}>
          <Anchor
            component="button"
            type="button"
            fz="inherit"
            c="inherit"
            onClick={() => void readAboutProblem(problem.code)}
          >
            Read about this
          </Anchor>
        </p>
      </div>
    </div>
  )
}
