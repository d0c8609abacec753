import type { Axis } from '../parts/lifeline-marks.ts'

export const zooms = ['3-months', '1-year', '3-years', '10-years'] as const
export type Zoom = (typeof zooms)[number]

export const zoomWords: Record<Zoom, string> = {
  '3-months': '3 months',
  '1-year': '1 year',
  '3-years': '3 years',
  '10-years': '10 years',
}

const months: Record<Zoom, number> = { '3-months': 3, '1-year': 12, '3-years': 36, '10-years': 120 }

/** One vertical line of the grid, as a share of the axis; `major` ones have a name. */
export type Tick = { at: number; name: string; major: boolean }

const monthStart = (from: Date, plus: number) => new Date(from.getFullYear(), from.getMonth() + plus, 1)

/** The axis of a zoom: a sixth of it before today, the rest ahead. `page` moves it by half its length. */
export function axisAt(zoom: Zoom, today: Date, page = 0): Axis {
  const shift = (page * months[zoom]) / 2
  const at = (plus: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + Math.round((plus + shift) * 30.44)).getTime()
  return { from: at(-months[zoom] / 6), to: at((months[zoom] * 5) / 6) }
}

/** The closest zoom in which the nearest coming expiry can be seen; a year when nothing expires. */
export function zoomFor(ends: readonly string[], today: Date): Zoom {
  const coming = ends.map((end) => Date.parse(end)).filter((end) => end >= today.getTime())
  if (coming.length === 0) return '1-year'
  const nearest = Math.min(...coming)
  return zooms.find((zoom) => nearest <= axisAt(zoom, today).to) ?? '10-years'
}

const step: Record<Zoom, { every: number; name: (date: Date, first: boolean) => string }> = {
  '3-months': { every: 1, name: (date, first) => monthName(date, first) },
  '1-year': { every: 1, name: (date, first) => monthName(date, first) },
  '3-years': { every: 3, name: (date, first) => monthName(date, first) },
  '10-years': { every: 12, name: (date) => String(date.getFullYear()) },
}

const shortMonth = new Intl.DateTimeFormat(undefined, { month: 'short' })

/** January, and the first tick, carry the year. */
function monthName(date: Date, first: boolean): string {
  const month = shortMonth.format(date)
  return first || date.getMonth() === 0 ? `${month} ${date.getFullYear()}` : month
}

/** The lines of the grid at the starts of months or years. */
export function ticksOf(axis: Axis, zoom: Zoom): Tick[] {
  const { every, name } = step[zoom]
  const ticks: Tick[] = []
  let date = monthStart(new Date(axis.from), 0)
  // Quarters and years begin at their own first month, not wherever the axis happens to begin.
  date = monthStart(date, -(date.getMonth() % every))
  for (; date.getTime() <= axis.to; date = monthStart(date, every)) {
    const at = (date.getTime() - axis.from) / (axis.to - axis.from)
    if (at < 0) continue
    ticks.push({ at, name: name(date, ticks.length === 0), major: date.getMonth() === 0 })
  }
  return ticks
}
