import type { ReactNode } from 'react'
import classes from './CodeBlock.module.css'

type CodeBlockProps = {
  /** What it is, for those who hear the screen; makes it a landmark, so the ninety examples of a paper have none. */
  label?: string
  /** Long lines go on below instead of out of sight: for what is read more than run. */
  wrap?: boolean
  /** As tall as its text, where the page scrolls anyway. */
  whole?: boolean
  className?: string
  children: ReactNode
}

/** Text of a program, a file or a message: monospace on a ground of its own, scrolled by mouse and keyboard. */
export function CodeBlock({ label, wrap, whole, className, children }: CodeBlockProps) {
  return (
    <section
      className={`${classes.block} ${className ?? ''}`}
      data-wrap={wrap || undefined}
      data-whole={whole || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      <pre>{children}</pre>
    </section>
  )
}
