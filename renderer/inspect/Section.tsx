import type { ReactNode } from 'react'
import classes from './ObjectPane.module.css'

type SectionProps = { title: string; wide?: boolean; aside?: ReactNode; children: ReactNode }

/** A group of facts under its heading; `wide` ones take both columns. */
export function Section({ title, wide, aside, children }: SectionProps) {
  return (
    <section className={classes.section} data-wide={wide || undefined}>
      <div className={classes.sectionHead}>
        <h3>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
