// @ts-check
// What Xvfb shows, read from the file that it keeps its pixels in: nothing is loaded into the app that is watched, so
// packages whose doors for debuggers are shut can be measured too.

import { closeSync, openSync, readSync } from 'node:fs'

/** @typedef {{ x: number, y: number, width: number, height: number }} Area */

/** @param {string} file an XWD image with 32 bits a pixel, as `Xvfb -fbdir` writes it */
export function openScreen(file) {
  const handle = openSync(file, 'r')
  const head = Buffer.alloc(100)
  readSync(handle, head, 0, 100, 0)
  const field = (/** @type {number} */ at) => head.readUInt32BE(at * 4)
  const [headerBytes, bits, lineBytes, colours] = [field(0), field(11), field(12), field(19)]
  if (bits !== 32) throw new Error(`the screen has ${bits} bits a pixel, 32 are understood`)
  const start = headerBytes + colours * 12

  /** @param {number} x @param {number} y @param {number} width @returns {Uint32Array} colours of a row, 0xRRGGBB */
  function row(x, y, width) {
    const bytes = Buffer.alloc(width * 4)
    readSync(handle, bytes, 0, bytes.length, start + y * lineBytes + x * 4)
    return new Uint32Array(bytes.buffer, bytes.byteOffset, width).map((pixel) => pixel & 0xffffff)
  }

  return {
    /** @param {number} x @param {number} y */
    pixel: (x, y) => row(x, y, 1)[0] ?? 0,
    /**
     * How many pixels of every third row are of another colour than most of them: letters and lines.
     * @param {Area} area
     */
    drawn({ x, y, width, height }) {
      /** @type {Map<number, number>} */
      const counts = new Map()
      let all = 0
      for (let line = y; line < y + height; line += 3) {
        for (const pixel of row(x, line, width)) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
        all += width
      }
      return all - Math.max(...counts.values())
    },
    close: () => closeSync(handle),
  }
}
