import type { Attempt } from '../../shared/tls/attempt.ts'
import classes from './StepTimes.module.css'
import { stepTimes } from './step-times.ts'

const milliseconds = (ms: number) => (ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`)

/** How long each step took, drawn to scale, one after the other. */
export function StepTimes({ attempt }: { attempt: Attempt }) {
  const bars = stepTimes(attempt)
  if (bars.length === 0) return null
  return (
    <section aria-label="Times of the steps" className={classes.root}>
      <ol className={classes.bars}>
        {bars.map(({ name, word, from, width, tookMs, failed }) => (
          <li key={name} className={classes.row} data-failed={failed || undefined}>
            <span className={classes.word}>{word}</span>
            <span className={classes.track} aria-hidden>
              <span className={classes.bar} style={{ left: `${from}%`, width: `${width}%` }} />
            </span>
            <span className={`${classes.took} number`}>{milliseconds(tookMs)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
