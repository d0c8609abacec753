import { IconCircleCheckFilled, IconCircleXFilled, IconPlugConnectedX } from '@tabler/icons-react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { DateText } from './DateText.tsx'
import marks from './Mark.module.css'
import classes from './TestMarkText.module.css'

const look = {
  accepted: { icon: IconCircleCheckFilled, word: 'Accepted' },
  refused: { icon: IconCircleXFilled, word: 'Refused' },
  unreachable: { icon: IconPlugConnectedX, word: 'Not reached' },
} as const

/** The outcome of the last test and its day. */
export function TestMarkText({ test }: { test: IdentitySummary['lastTest'] }) {
  if (!test) return <span className="dim">Not tested</span>
  const { icon: Shape, word } = look[test.outcome]
  return (
    <>
      <span className={marks.mark} data-outcome={test.outcome}>
        <Shape size={14} aria-hidden />
        {word}
      </span>
      <span className={classes.under}>
        <DateText iso={test.at} />
      </span>
    </>
  )
}
