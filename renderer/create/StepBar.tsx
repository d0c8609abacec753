import { UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import classes from './StepBar.module.css'

const labels = ['Provider', 'Names', 'Key', 'Review', 'Done'] as const

type StepBarProps = {
  /** Index of the step on show. */
  at: number
  /** Going back to an answered step. */
  onGo?: (index: number) => void
}

/** Where one is in the five steps; steps already answered can be gone back to. */
export function StepBar({ at, onGo }: StepBarProps) {
  return (
    <ol className={classes.bar} aria-label="Steps">
      {labels.map((label, index) => {
        const done = index < at
        const inside = (
          <>
            <span className={classes.number} aria-hidden>
              {done ? <IconCheck size={12} stroke={3} /> : index + 1}
            </span>
            <span className={classes.label}>{label}</span>
          </>
        )
        return (
          <li
            key={label}
            className={classes.step}
            data-state={done ? 'done' : index === at ? 'here' : 'ahead'}
            aria-current={index === at ? 'step' : undefined}
          >
            {done && onGo ? (
              <UnstyledButton className={classes.inside} onClick={() => onGo(index)} aria-label={`Back to ${label}`}>
                {inside}
              </UnstyledButton>
            ) : (
              <span className={classes.inside}>{inside}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
