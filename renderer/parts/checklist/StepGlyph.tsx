import {
  IconCircleArrowRightFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
} from '@tabler/icons-react'
import classes from './Checklist.module.css'

const glyphs = {
  done: { icon: IconCircleCheckFilled, word: 'Done' },
  next: { icon: IconCircleArrowRightFilled, word: 'Next' },
  later: { icon: IconCircleDashed, word: 'Later' },
  skipped: { icon: IconCircleMinus, word: 'Not needed' },
}

/** Where a step of a checklist stands, by shape and by word. */
export function StepGlyph({ state }: { state: keyof typeof glyphs }) {
  const { icon: Icon, word } = glyphs[state]
  return <Icon size={16} className={classes.glyph} data-state={state} aria-label={word} />
}
