type Colour = readonly [red: number, green: number, blue: number]

const soon: Colour = [224, 148, 20]
const broken: Colour = [208, 48, 48]
const white: Colour = [255, 255, 255]

export type TrayMark = 'none' | 'soon' | 'broken'

/** A sealed sheet on a grid of 16 by 16; nothing where it is clear. */
function colourAt(u: number, v: number, mark: TrayMark, ink: Colour): Colour | null {
  const sheet = u > 2 && u < 13 && v > 1.5 && v < 14.5
  const edge = sheet && (u < 3.3 || u > 11.7 || v < 2.8 || v > 13.2)
  const line = sheet && u > 4.8 && u < 10.2 && ((v > 4.8 && v < 6) || (v > 7.4 && v < 8.6))
  const far = Math.hypot(u - 11, v - 11)
  // The mark differs by shape too: a seal, a triangle for soon, a circle with a bar for broken; each with room around it.
  if (mark === 'none' && far < 2.5) return ink
  if (mark === 'soon' && v > 7 && v < 15 && Math.abs(u - 11) < (v - 7) * 0.56) return soon
  if (mark === 'broken' && far < 4.4) return Math.abs(v - 11) < 0.9 && Math.abs(u - 11) < 2.6 ? white : broken
  if (far < (mark === 'none' ? 3.6 : 5.4)) return null
  return edge || line ? ink : null
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
