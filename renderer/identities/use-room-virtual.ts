import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

const scrollerOf = (element: HTMLElement | null): HTMLElement | null => {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return null
}

/**
 * Rows of one height in whatever scrolls around them, drawn only as far as they are in sight. What stands above them
 * may change its height at any time, so where they begin is looked at after each drawing.
 */
export function useRoomVirtual<T extends HTMLElement>(
  count: number,
  rowHeight: number,
): { start: RefObject<T | null>; virtual: Virtualizer<HTMLElement, Element> } {
  const start = useRef<T>(null)
  const [margin, setMargin] = useState(0)
  // Asked for at each drawing; what scrolls stays the same as long as the list is on show.
  const scroller = useRef<HTMLElement | null>(null)
  const findScroller = () => {
    if (!scroller.current?.isConnected) scroller.current = scrollerOf(start.current)
    return scroller.current
  }
  const virtual = useVirtualizer<HTMLElement, Element>({
    count,
    getScrollElement: findScroller,
    estimateSize: () => rowHeight,
    scrollMargin: margin,
    overscan: 5,
  })
  useLayoutEffect(() => {
    const around = findScroller()
    if (!around || !start.current) return
    const top = start.current.getBoundingClientRect().top - around.getBoundingClientRect().top + around.scrollTop
    if (Math.abs(top - margin) > 1) setMargin(top)
  })
  return { start, virtual }
}
