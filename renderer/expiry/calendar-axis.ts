import type { Axis } from '../parts/lifeline-marks.ts'

export const zooms = ['1-month', '3-months', '1-year', '3-years', '10-years'] as const
export type Zoom = (typeof zooms)[number]

export const zoomWords: Record<Zoom, string> = {
  '1-month': 'Month',
  '3-months': '3 months',
  '1-year': '1 year',
  '3-years': '3 years',
  '10-years': '10 years',
}

const months: Record<Zoom, number> = { '1-month': 1, '3-months': 3, '1-year': 12, '3-years': 36, '10-years': 120 }

/** One vertical line of the grid, as a share of the axis; `major` ones have a name. */
export type Tick = { at: number; name: string; major: boolean }

/** On average. */
const monthMs = 30.44 * 86_400_000

const monthStart = (from: Date, plus: number) => new Date(from.getFullYear(), from.getMonth() + plus, 1)

/** The axis of a zoom: a sixth of it before today, the rest ahead. `page` moves it by halves of its length, also broken ones. */
export function axisAt(zoom: Zoom, today: Date, page = 0): Axis {
  const shift = (page * months[zoom]) / 2
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime()
  const at = (plus: number) => midnight + (plus + shift) * monthMs
  return { from: at(-months[zoom] / 6), to: at((months[zoom] * 5) / 6) }
}

/** The closest zoom from three months on in which a third of the coming ends can be seen; a year when nothing expires. */
export function zoomFor(ends: readonly string[], today: Date): Zoom {
  const coming = ends.map((end) => Date.parse(end)).filter((end) => end >= today.getTime())
  if (coming.length === 0) return '1-year'
  const wanted = coming.sort((a, b) => a - b)[Math.ceil(coming.length / 3) - 1] ?? 0
  return zooms.find((zoom) => zoom !== '1-month' && wanted <= axisAt(zoom, today).to) ?? '10-years'
}

const step: Record<Zoom, number> = { '1-month': 1, '3-months': 1, '1-year': 1, '3-years': 3, '10-years': 12 }

const shortMonth = new Intl.DateTimeFormat(undefined, { month: 'short' })
const dayOfMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** January, and the first tick, carry the year. */
function nameOf(date: Date, zoom: Zoom, first: boolean): string {
  if (zoom === '10-years') return String(date.getFullYear())
  const month = shortMonth.format(date)
  return first || date.getMonth() === 0 ? `${month} ${date.getFullYear()}` : month
}

/** The lines of the grid at the starts of months, quarters or years; the closest zoom has weeks between them. */
export function ticksOf(axis: Axis, zoom: Zoom): Tick[] {
  const every = step[zoom]
  const share = (date: Date) => (date.getTime() - axis.from) / (axis.to - axis.from)
  const start = new Date(axis.from)
  // Quarters and years begin at their own first month, not wherever the axis happens to begin.
  const first = monthStart(start, -(start.getMonth() % every))
  // The period in which the axis begins is named at its left end.
  const ticks: Tick[] = [{ at: 0, name: nameOf(first, zoom, true), major: false }]
  for (let date = monthStart(first, every); date.getTime() <= axis.to; date = monthStart(date, every)) {
    ticks.push({ at: share(date), name: nameOf(date, zoom, false), major: date.getMonth() === 0 })
  }
  if (zoom === '1-month' || zoom === '3-months') {
    const toMonday = (8 - start.getDay()) % 7
    for (let week = 0; ; week++) {
      const monday = new Date(start.getFullYear(), start.getMonth(), start.getDate() + toMonday + week * 7)
      if (monday.getTime() > axis.to) break
      const name = zoom === '1-month' ? dayOfMonth.format(monday) : ''
      if (monday.getTime() > axis.from) ticks.push({ at: share(monday), name, major: false })
    }
  }
  return ticks.sort((a, b) => a.at - b.at)
}

/** Width of a name in pixels, roughly: names are short and of one size. */
export const nameWidth = (name: string) => name.length * 7 + 10

/** The names that fit on an axis of that width without touching: those of Januaries first, then the rest in order. */
export function namesThatFit(ticks: readonly Tick[], width: number): Tick[] {
  const kept: Tick[] = []
  const fits = (tick: Tick) => {
    const from = tick.at * width
    const to = from + nameWidth(tick.name)
    return to <= width && kept.every((one) => to <= one.at * width || from >= one.at * width + nameWidth(one.name))
  }
  const named = ticks.filter((tick) => tick.name !== '')
  for (const tick of [...named.filter((one) => one.major), ...named.filter((one) => !one.major)]) {
    if (fits(tick)) kept.push(tick)
  }
  return kept.sort((a, b) => a.at - b.at)
}
