import type { IdentitySummary } from '../../shared/identity.ts'
import { DateText } from './DateText.tsx'
import { OutcomeMark } from './OutcomeMark.tsx'
import classes from './TestMarkText.module.css'

/** The outcome of the last test and its day. */
export function TestMarkText({ test }: { test: IdentitySummary['lastTest'] }) {
  if (!test) return <span className="dim">Not tested</span>
  return (
    <>
      <OutcomeMark outcome={test.outcome} />
      <span className={classes.under}>
        <DateText iso={test.at} />
      </span>
    </>
  )
}
