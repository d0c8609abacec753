import type { ReactNode } from 'react'
import classes from './RoomHeader.module.css'

type RoomHeaderProps = { title: ReactNode; says?: ReactNode; actions?: ReactNode }

/** The top of a room: its name, one line of what it answers, its actions on the right. */
export function RoomHeader({ title, says, actions }: RoomHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {says && <p className={classes.says}>{says}</p>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}
