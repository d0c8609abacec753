type Colour = readonly [red: number, green: number, blue: number]

const soon: Colour = [224, 148, 20]
const broken: Colour = [208, 48, 48]
const white: Colour = [255, 255, 255]

export type TrayMark = 'none' | 'soon' | 'broken'

/** How far a point is from the line between two. */
function farFromLine(u: number, v: number, [a, b]: Point, [c, d]: Point): number {
  const along = ((u - a) * (c - a) + (v - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2)
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(u - a - t * (c - a), v - b - t * (d - b))
}

type Point = readonly [u: number, v: number]
const centre: Point = [7.2, 8.8]
const tick: readonly [Point, Point, Point] = [
  [4.9, 8.7],
  [7, 10.8],
  [14.4, 2.6],
]
const half = 0.95

/** The mark of build/icon.svg on a grid of 16 by 16, in one colour: a C, and a tick that comes out of its opening. */
function isMark(u: number, v: number): boolean {
  const [x, y] = [u - centre[0], v - centre[1]]
  const angle = (Math.atan2(y, x) * 180) / Math.PI
  const ring = Math.abs(Math.hypot(x, y) - 5.6) < half && (angle < -72 || angle > 22)
  return ring || farFromLine(u, v, tick[0], tick[1]) < half || farFromLine(u, v, tick[1], tick[2]) < half
}

/** Nothing where it is clear. */
function colourAt(u: number, v: number, mark: TrayMark, ink: Colour): Colour | null {
  const far = Math.hypot(u - 11, v - 11)
  // What is due differs by shape too: a triangle for soon, a circle with a bar for broken; each with room around it.
  if (mark === 'soon' && v > 7 && v < 15 && Math.abs(u - 11) < (v - 7) * 0.56) return soon
  if (mark === 'broken' && far < 4.4) return Math.abs(v - 11) < 0.9 && Math.abs(u - 11) < 2.6 ? white : broken
  if (mark !== 'none' && far < 5.4) return null
  return isMark(u, v) ? ink : null
}

const samples = 3

/**
 * The icon beside the clock as Electron's bitmaps have it (four channels, blue first), drawn rather than kept as a picture:
 * it has to exist in any size, with a mark on it.
 */
export function drawTrayIcon(size: number, mark: TrayMark, ink: Colour): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  const unit = 16 / size
  for (let at = 0; at < size * size; at++) {
    const [x, y] = [at % size, Math.floor(at / size)]
    const sum = [0, 0, 0]
    let seen = 0
    for (let sample = 0; sample < samples * samples; sample++) {
      const [i, j] = [sample % samples, Math.floor(sample / samples)]
      const colour = colourAt((x + (i + 0.5) / samples) * unit, (y + (j + 0.5) / samples) * unit, mark, ink)
      if (!colour) continue
      seen++
      for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (colour[channel] ?? 0)
    }
    const alpha = seen / (samples * samples)
    // Chromium takes them multiplied by how much of the pixel they cover.
    const channels = [2, 1, 0].map((channel) => ((sum[channel] ?? 0) / (seen || 1)) * alpha)
    pixels.set([...channels, alpha * 255].map(Math.round), at * 4)
  }
  return pixels
}
