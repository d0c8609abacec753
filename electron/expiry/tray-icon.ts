/** A stamp on a sheet, drawn rather than kept as a picture: it has to exist in any size, and with a mark on it. */
export function drawTrayIcon(
  size: number,
  mark: 'none' | 'soon' | 'broken',
  ink: readonly [number, number, number],
): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  const unit = size / 16
  const paint = (x: number, y: number, [red, green, blue]: readonly [number, number, number], alpha = 255) => {
    // Four channels, blue first, as Electron's bitmaps have them.
    pixels.set([blue, green, red, alpha], (y * size + x) * 4)
  }
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = [(x + 0.5) / unit, (y + 0.5) / unit]
      const sheet = u > 2 && u < 13 && v > 1.5 && v < 14.5
      const edge = sheet && (u < 3.4 || u > 11.6 || v < 2.9 || v > 13.1)
      const line = sheet && u > 4.8 && u < 10.2 && ((v > 4.8 && v < 6) || (v > 7.4 && v < 8.6))
      if (edge || line) paint(x, y, ink)
      const far = Math.hypot(u - 11, v - 11.4)
      if (mark === 'none') {
        if (far < 2.6) paint(x, y, ink)
        continue
      }
      // The mark differs by shape too: a triangle for soon, a full circle with a bar for broken.
      const clear = Math.hypot(u - 11, v - 11) < 5.2
      if (clear) paint(x, y, [0, 0, 0], 0)
      if (mark === 'soon' && v > 7 && v < 15 && Math.abs(u - 11) < (v - 7) * 0.55) paint(x, y, [214, 138, 12])
      if (mark === 'broken' && Math.hypot(u - 11, v - 11) < 4.2)
        paint(x, y, Math.abs(v - 11) < 0.9 && Math.abs(u - 11) < 2.6 ? [255, 255, 255] : [200, 45, 45])
    }
  }
  return pixels
}
