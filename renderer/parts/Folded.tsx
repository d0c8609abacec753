import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Folded.module.css'

type FoldedProps = {
  title: string
  /** What it is set to, in a few grey words: nobody has to open it to see that. */
  says?: string
  open: boolean
  onToggle: (open: boolean) => void
  children: ReactNode
}

/** A part of a form that is right for most as it is: folded until wanted. */
export function Folded({ title, says, open, onToggle, children }: FoldedProps) {
  return (
    <div>
      <UnstyledButton className={classes.head} aria-expanded={open} onClick={() => onToggle(!open)}>
        <IconChevronRight size={14} aria-hidden />
        <span className={classes.title}>{title}</span>
        {says !== undefined && <span className="quiet">{says}</span>}
      </UnstyledButton>
      {open && <div className={classes.inside}>{children}</div>}
    </div>
  )
}
