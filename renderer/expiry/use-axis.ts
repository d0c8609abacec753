import { useMemo, useState } from 'react'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { axisAt, type Tick, ticksOf, type Zoom, zoomFor, zooms } from './calendar-axis.ts'

export type Ticks = readonly Tick[]

/** Further than this there is nothing that anybody has issued. */
const mostHalves = 60

/** The axis on show: a zoom, and how far it was moved from today. */
export function useAxis(items: readonly ExpiryItem[], today: Date) {
  const [zoom, setZoom] = useState<Zoom>(() => {
    const ends = items.flatMap(({ life, notAfter }) => (life === 'current' && notAfter !== undefined ? [notAfter] : []))
    return zoomFor(ends, today)
  })
  const [page, setPage] = useState(0)
  const axis = useMemo(() => axisAt(zoom, today, page), [zoom, today, page])
  const ticks = useMemo(() => ticksOf(axis, zoom), [axis, zoom])
  return {
    zoom,
    axis,
    ticks,
    moved: page !== 0,
    pan: (by: number) => setPage((now) => Math.max(-mostHalves, Math.min(mostHalves, now + by))),
    toToday: () => setPage(0),
    setZoom: (next: Zoom) => {
      setZoom(next)
      setPage(0)
    },
    zoomBy: (by: number) => {
      const next = zooms[Math.max(0, Math.min(zooms.length - 1, zooms.indexOf(zoom) + by))]
      if (next && next !== zoom) {
        setZoom(next)
        setPage(0)
      }
    },
  }
}
