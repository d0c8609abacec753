import { expect, it } from 'vitest'
import { drawTrayIcon } from '../../../electron/expiry/tray-icon.ts'

it.each([16, 22, 44])('the icon of %i pixels says by its shape whether something is due', (size) => {
  const shapes = (['none', 'soon', 'broken'] as const).map((mark) => drawTrayIcon(size, mark, [240, 240, 240]))
  for (const pixels of shapes) {
    expect(pixels.length).toBe(size * size * 4)
    // Something of it is covered, and something is not.
    const alphas = pixels.filter((_, i) => i % 4 === 3)
    expect(Math.max(...alphas)).toBe(255)
    expect(Math.min(...alphas)).toBe(0)
  }
  const covered = shapes.map((pixels) => pixels.filter((_, i) => i % 4 === 3).join())
  expect(new Set(covered).size).toBe(3)
})
