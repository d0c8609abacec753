import type { KeyboardEvent } from 'react'

/** Up and down walk through the rows, as in any desktop list. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const rows = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('[data-row]'))
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[event.key === 'ArrowDown' ? at + 1 : at - 1]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}
