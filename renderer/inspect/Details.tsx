import { Loader } from '@mantine/core'
import { type RefObject, useEffect } from 'react'
import { desk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useLostFocus } from '../parts/take-focus.ts'
import { useAnswer } from '../parts/use-answer.ts'
import classes from './InspectRoom.module.css'
import type { Showing } from './inspect-store.ts'
import { ObjectPane } from './ObjectPane.tsx'

/** Held arrow keys run through the list: only where they rest is an object read. */
const restMs = 90

type DetailsProps = { showing: Showing; today: Date; detailsRef: RefObject<HTMLElement | null> }

/** The chosen object; the one before stays until it is read, unless that takes long. */
export function Details({ showing, today, detailsRef }: DetailsProps) {
  const { listing, chosen, opening } = showing
  const { inspection } = listing
  const row = chosen === null ? undefined : listing.byId.get(chosen)
  const key = row ? `${inspection} ${opening} ${row.id}` : null
  const { answered, isFresh, isLate } = useAnswer(
    key,
    async () => ({ row: row?.id, answer: await desk.openObject({ inspection, object: row?.id ?? '' }) }),
    restMs,
  )
  const shown = answered && (isFresh || !isLate) ? answered : null
  const opened = shown?.answer.answer.ok ? shown.answer.answer.value : null
  const shownRow = shown ? (listing.byId.get(shown.answer.row ?? '') ?? row) : isLate ? row : undefined

  const on = `${showing.drop} ${shownRow?.id}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: each object is read from its top
  useEffect(() => {
    detailsRef.current?.scrollTo(0, 0)
  }, [on])
  // A link to another object goes with the object it stood in.
  useLostFocus(detailsRef, on)

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.right} ref={detailsRef} tabIndex={0} aria-label="Details">
      {shownRow && <ObjectPane row={shownRow} opened={opened} listing={listing} today={today} />}
      {shown && !shown.answer.answer.ok && (
        <div className={classes.trouble}>
          <ProblemNote problem={shown.answer.answer.problem} />
        </div>
      )}
      {!opened && isLate && (
        <p className={classes.opening} role="status">
          <Loader size={14} aria-hidden /> Opening …
        </p>
      )}
    </section>
  )
}
