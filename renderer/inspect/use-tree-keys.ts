import { type KeyboardEvent, useRef } from 'react'
import { rowName } from './ObjectRow.tsx'
import { rowStarting, type TreeRow } from './tree-rows.ts'

/** Letters that follow each other within this time are one word. */
const typingMs = 700

type TreeKeys = {
  rows: readonly TreeRow[]
  /** The row of the cursor, or -1. */
  at: number
  /** Rows of one screen. */
  page: () => number
  move: (to: number) => void
  setOpen: (row: TreeRow, open: boolean) => void
  onPick: (id: string) => void
  onEnter: () => void
}

/** The keys of a tree (WAI-ARIA tree view): arrows, Home, End, pages, typing a name, Enter opens, Space marks. */
export function useTreeKeys({ rows, at, page, move, setOpen, onPick, onEnter }: TreeKeys) {
  const typed = useRef({ text: '', at: 0 })

  const type = (letter: string, now: number): void => {
    const going = now - typed.current.at < typingMs
    const text = going ? typed.current.text + letter : letter
    typed.current = { text, at: now }
    const to = rowStarting(rows, going ? Math.max(at, 0) : at + 1, text, rowName)
    if (to >= 0) move(to)
  }

  return (event: KeyboardEvent): void => {
    const row = rows[at]
    const parent = rows.findLastIndex((other, index) => index < at && other.level < (row?.level ?? 1))
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const going = typed.current.text !== '' && event.timeStamp - typed.current.at < typingMs
    switch (event.key) {
      case 'ArrowDown':
        move(at + 1)
        break
      case 'ArrowUp':
        move(at < 0 ? 0 : at - 1)
        break
      case 'PageDown':
        move(at + page())
        break
      case 'PageUp':
        move(at - page())
        break
      case 'Home':
        move(0)
        break
      case 'End':
        move(rows.length - 1)
        break
      case 'ArrowRight':
        if (row?.open === false) setOpen(row, true)
        else if (row?.open) move(at + 1)
        break
      case 'ArrowLeft':
        if (row?.open) setOpen(row, false)
        else if (parent >= 0) move(parent)
        break
      case 'Enter':
        if (row?.row === 'object') onEnter()
        else if (row?.open !== undefined) setOpen(row, !row.open)
        break
      case ' ':
        if (going) type(' ', event.timeStamp)
        else if (row?.row === 'object') onPick(row.id)
        break
      default:
        if (event.key.length !== 1) return
        type(event.key, event.timeStamp)
    }
    event.preventDefault()
  }
}
