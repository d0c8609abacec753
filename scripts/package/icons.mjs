// @ts-check
// All sizes of the icon, from its two drawings: PNG for Linux, .ico for Windows, .icns for macOS. The results are in the
// repository, because what draws them (rsvg-convert) is not on every machine that packs. By hand: node scripts/package/icons.mjs

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../run.mjs'
import { root } from '../runtime.mjs'
import { line, main, Refusal } from '../say.mjs'

const build = join(root, 'build')
export const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Up to here strokes have to be wider to be seen. */
const smallTo = 24

/** @param {number} size */
const drawingFor = (size) => join(build, size <= smallTo ? 'icon-small.svg' : 'icon.svg')

/** Written beside the pictures, so that a test notices drawings that are newer than they are. */
export function drawnFrom() {
  const hash = createHash('sha256')
  for (const name of ['icon.svg', 'icon-small.svg']) hash.update(readFileSync(join(build, name)))
  return `${hash.digest('hex')}\n`
}

/**
 * Windows' form: a directory, then whole PNG files (read by Windows since Vista).
 * @param {{ size: number, png: Buffer }[]} pictures
 */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [at, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * at
    // 256 does not fit into the byte; 0 stands for it.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** macOS' names for a picture of so many pixels; the second of a pair is for screens of double density. */
const icnsTypes = new Map([
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
])

/** @param {{ size: number, png: Buffer }[]} pictures */
export function icns(pictures) {
  const parts = pictures.flatMap(({ size, png }) =>
    (icnsTypes.get(size) ?? []).map((type) => {
      const head = Buffer.alloc(8)
      head.write(type, 'latin1')
      head.writeUInt32BE(8 + png.length, 4)
      return Buffer.concat([head, png])
    }),
  )
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + body.length, 4)
  return Buffer.concat([head, body])
}

/** @param {number} size */
async function draw(size) {
  const file = join(build, 'icons', `${size}x${size}.png`)
  const ended = await run('rsvg-convert', ['-w', String(size), '-h', String(size), drawingFor(size), '-o', file])
  if (ended.code !== 0) {
    throw new Refusal('rsvg-convert could not draw the icon', [ended.stderr, 'Debian has it in librsvg2-bin.'])
  }
  return { size, png: readFileSync(file) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    mkdirSync(join(build, 'icons'), { recursive: true })
    const pictures = []
    for (const size of sizes) pictures.push(await draw(size))
    writeFileSync(join(build, 'icon.ico'), ico(pictures.filter(({ size }) => size <= 256)))
    writeFileSync(join(build, 'icon.icns'), icns(pictures))
    writeFileSync(join(build, 'icon.stamp'), drawnFrom())
    line(`build/icons: ${sizes.join(', ')} pixels; icon.ico, icon.icns`)
    return 0
  })
}
