import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { create } from 'zustand'
import classes from './InspectRoom.module.css'

/** The list's share of the room in percent; chosen once, kept while the app runs. */
export const useListShare = create<{ share: number }>(() => ({ share: 32 }))

const least = 20
const most = 60
const step = 2

const setShare = (share: number) => useListShare.setState({ share: Math.min(most, Math.max(least, share)) })

/** Between list and object: dragged, or moved by the arrow keys. */
export function Divider() {
  const share = useListShare((state) => state.share)
  const held = useRef(false)
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const room = event.currentTarget.parentElement?.getBoundingClientRect()
    if (held.current && room) setShare((100 * (event.clientX - room.left)) / room.width)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: share - step, ArrowRight: share + step, Home: least, End: most }[event.key]
    if (to === undefined) return
    event.preventDefault()
    setShare(to)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      className={classes.divider}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the list"
      aria-valuenow={Math.round(share)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={(event) => {
        held.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        held.current = false
      }}
      onDoubleClick={() => setShare(32)}
      onKeyDown={onKeyDown}
    />
  )
}
