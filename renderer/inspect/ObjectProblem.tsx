import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './ObjectPane.module.css'
import type { Shown } from './object-words.ts'

/** Why an object could not be read. */
export function ObjectProblem({ object: { problem, kind } }: { object: Shown }) {
  if (!problem) return null
  return (
    <div className={classes.problem} role="alert" data-problem={problem.code}>
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <div>
        {/* Of an unknown object the title is the headline already. */}
        {kind !== 'unknown' && <p className={classes.problemTitle}>{problem.title}</p>}
        <p>{problem.next}</p>
      </div>
    </div>
  )
}
