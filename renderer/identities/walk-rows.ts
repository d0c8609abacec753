import type { KeyboardEvent } from 'react'

const scrollerOf = (row: Element): Element | null => {
  for (let at = row.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return null
}

/** Up, down and to the ends of the rows, as in any desktop list. Of a long list only the rows in sight are there. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const list = event.currentTarget
  const rows = () => Array.from(list.querySelectorAll<HTMLElement>('[data-row]'))
  const at = rows().indexOf(document.activeElement as HTMLElement)
  if (at < 0) return
  if (event.key === 'Home' || event.key === 'End') {
    event.preventDefault()
    const last = event.key === 'End'
    const scroller = scrollerOf(list)
    scroller?.scrollTo({ top: last ? scroller.scrollHeight : 0 })
    // The rows there are drawn in the frame after the one that notices the scrolling.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        rows()
          .at(last ? -1 : 0)
          ?.focus(),
      ),
    )
    return
  }
  const next = event.key === 'ArrowDown' ? rows()[at + 1] : event.key === 'ArrowUp' ? rows()[at - 1] : undefined
  if (!next) return
  event.preventDefault()
  next.focus()
}
