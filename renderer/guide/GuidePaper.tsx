import { useLayoutEffect, useRef } from 'react'
import { placeIn } from '../../shared/guide/plain-text.ts'
import classes from './Guide.module.css'
import { Blocks } from './GuideText.tsx'
import { allPages, useGuide } from './guide-store.ts'

/** One page, opened at the paragraph that was asked for: it is at the top, and has the focus for whoever reads by ear. */
export function GuidePaper() {
  const place = useGuide((state) => state.place)
  const visit = useGuide((state) => state.visit)
  const paper = useRef<HTMLElement>(null)
  const here = placeIn(allPages, place)
  const anchor = place.split('#')[1]

  // biome-ignore lint/correctness/useExhaustiveDependencies: the same place asked for again is gone to again
  useLayoutEffect(() => {
    const goal = anchor === undefined ? null : document.getElementById(`guide-${anchor}`)
    if (!goal) {
      paper.current?.parentElement?.scrollTo({ top: 0 })
      return
    }
    goal.scrollIntoView({ block: goal.tagName === 'TR' ? 'center' : 'start' })
    goal.focus({ preventScroll: true })
  }, [place, visit])

  if (!here) return null
  const { page } = here
  return (
    <article ref={paper} className={classes.paper} aria-label={page.title}>
      {page.sections.map((section, at) => {
        const Heading = section.level <= 1 ? 'h2' : section.level === 2 ? 'h3' : 'h4'
        return (
          <section key={section.id}>
            <Heading
              id={`guide-${section.id}`}
              tabIndex={-1}
              className={at === 0 ? classes.title : undefined}
              // In a dialog the focus is given away after this effect: to whatever asks for it so.
              data-autofocus={section.id === anchor || undefined}
            >
              {section.title}
            </Heading>
            <Blocks of={section.blocks} marked={here.row} />
          </section>
        )
      })}
    </article>
  )
}
