import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type Problem, words } from '../../shared/problems.ts'
import classes from './ProblemNote.module.css'

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
  return (
    <div className={classes.note} role="alert" data-problem={problem.code}>
      <IconAlertTriangle size={18} stroke={1.8} className={classes.glyph} aria-hidden />
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
      </div>
    </div>
  )
}
