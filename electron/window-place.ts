import type { Settings } from '../shared/settings.ts'

export type Place = Settings['window']
export type Area = { x: number; y: number; width: number; height: number }

/**
 * A remembered place made fit for today's screens (work areas, the main one first): a window that would lie on a
 * screen that is gone, or mostly outside, gets the size but no position, so that the system places it.
 */
export function fitPlace(place: Place, areas: readonly Area[]): Partial<Pick<Area, 'x' | 'y'>> & Omit<Area, 'x' | 'y'> {
  const { x, y } = place
  const home =
    x === undefined || y === undefined ? undefined : areas.find((area) => showsTitle(area, { ...place, x, y }))
  const area = home ?? areas[0]
  const width = Math.min(place.width, area?.width ?? place.width)
  const height = Math.min(place.height, area?.height ?? place.height)
  return home === undefined ? { width, height } : { x, y, width, height }
}

/** Enough of the title bar lies on this screen to be taken hold of: 100 pixels of its width. */
function showsTitle(area: Area, window: Area): boolean {
  const shown = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x)
  return shown >= 100 && window.y >= area.y - 10 && window.y <= area.y + area.height - 40
}
