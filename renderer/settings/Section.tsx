import { type ReactNode, useId } from 'react'
import classes from './Section.module.css'

/** One subject of the settings: its name on the left, its switches on the right. */
export function Section({ title, says, children }: { title: string; says?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div>
        <h2 className={classes.title} id={id}>
          {title}
        </h2>
        {says && <p className={classes.says}>{says}</p>}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  )
}
