import { UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, useDeferredValue, useMemo } from 'react'
import classes from './Guide.module.css'
import { hitsFor, read } from './guide-store.ts'

const buttons = (list: Element) => [...list.querySelectorAll<HTMLElement>('button')]

/** The arrow keys walk among what was found; from the first one up, back to the field. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const all = buttons(event.currentTarget)
  const at = all.indexOf(document.activeElement as HTMLElement) + step
  const field = event.currentTarget.closest('[data-guide]')?.querySelector<HTMLElement>('input')
  if (at < 0) field?.focus()
  else all[Math.min(at, all.length - 1)]?.focus()
}

/** The paragraphs that hold the words, the likeliest first, with the words marked. */
export function GuideHits({ words }: { words: string }) {
  const asked = useDeferredValue(words)
  const hits = useMemo(() => hitsFor(asked), [asked])
  return (
    <div className={classes.paper}>
      <p className={classes.count} role="status">
        {hits.length === 0
          ? `Nothing in the guide speaks of “${asked}”.`
          : `${hits.length} ${hits.length === 1 ? 'paragraph' : 'paragraphs'}`}
      </p>
      <ul className={classes.hits} aria-label="Found in the guide" onKeyDown={walk}>
        {hits.map(({ place, page, title, excerpt }) => (
          <li key={place}>
            <UnstyledButton className={classes.hit} onClick={() => read(place)}>
              <span className={classes.hitTitle}>{title}</span>
              {page !== title && <span className={classes.hitPage}>{page}</span>}
              <span className={classes.excerpt}>
                {excerpt.map(({ text, marked }, at) =>
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text keep their places
                  marked ? <mark key={at}>{text}</mark> : text,
                )}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
