import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

type EmptyStateProps = { icon: Icon; title: string; says: ReactNode; children?: ReactNode }

/** A room with nothing in it yet: what it is for, and the way to fill it. */
export function EmptyState({ icon: Glyph, title, says, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Glyph size={32} stroke={1.2} aria-hidden />
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.says}>{says}</p>
      {children && <div className={classes.ways}>{children}</div>}
    </div>
  )
}
