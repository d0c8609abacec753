import {
  type Icon,
  IconAlertTriangleFilled,
  IconCircle,
  IconCircleArrowRight,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
} from '@tabler/icons-react'
import classes from './Mark.module.css'
import type { StateWords } from './state-words.ts'

const shapes: Record<StateWords['tone'], Icon> = {
  waiting: IconCircleDashed,
  fine: IconCircle,
  proven: IconCircleCheckFilled,
  soon: IconAlertTriangleFilled,
  broken: IconCircleXFilled,
  past: IconCircleArrowRight,
}

/** A state as shape, word and colour: readable without the colour. */
export function StateMark({ tone, word }: StateWords) {
  const Shape = shapes[tone]
  return (
    <span className={classes.mark} data-tone={tone}>
      <Shape size={14} stroke={2} aria-hidden />
      {word}
    </span>
  )
}
