import { IconCircleCheckFilled, IconCircleXFilled, IconHelpCircleFilled, IconPlugConnectedX } from '@tabler/icons-react'
import type { Verdict } from '../../shared/tls/attempt.ts'
import marks from './Mark.module.css'

const look = {
  accepted: { icon: IconCircleCheckFilled, word: 'Accepted' },
  refused: { icon: IconCircleXFilled, word: 'Refused' },
  unproven: { icon: IconHelpCircleFilled, word: 'Not proven' },
  unreachable: { icon: IconPlugConnectedX, word: 'Not reached' },
} as const

/** The outcome of a test as shape, word and colour. */
export function OutcomeMark({ outcome }: { outcome: Verdict['outcome'] }) {
  const { icon: Shape, word } = look[outcome]
  return (
    <span className={marks.mark} data-outcome={outcome}>
      <Shape size={14} aria-hidden />
      {word}
    </span>
  )
}
