// @ts-check
// Reading the two archives of the fallback. Own code, because a fresh machine need not have `unzip`, and because the
// 25,000 files of the other application inside are then never written at all.

import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'
import { Refusal } from '../say.mjs'

/** @typedef {{ name: string, method: number, crc: number, packed: number, size: number, mode: number, at: number }} Entry */

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
/** The end record is 22 bytes and a comment of at most 65,535. */
const endReach = 22 + 0xffff

/**
 * The table of contents at the end of a zip file (APPNOTE 6.3.10, 4.3.12 and 4.3.16). No zip64: nothing here is near 4 GB.
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<Entry[]>}
 */
async function readContents(file) {
  const { size } = await file.stat()
  const last = Buffer.alloc(Math.min(size, endReach))
  await file.read(last, 0, last.length, size - last.length)
  let end = last.length - 22
  while (end >= 0 && last.readUInt32LE(end) !== END) end -= 1
  if (end < 0) throw new Refusal('That is not a zip file, or its end is missing')
  const count = last.readUInt16LE(end + 10)
  const [length, offset] = [last.readUInt32LE(end + 12), last.readUInt32LE(end + 16)]
  // Both come from the file: unchecked, a damaged one asks for gigabytes.
  if (offset + length > size) throw new Refusal("The zip file's table of contents lies outside of the file")
  const table = Buffer.alloc(length)
  await file.read(table, 0, length, offset)
  /** @type {Entry[]} */
  const entries = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > table.length || table.readUInt32LE(at) !== CENTRAL) {
      throw new Refusal(`The zip file's table of contents breaks off at entry ${index} of ${count}`)
    }
    const nameLength = table.readUInt16LE(at + 28)
    entries.push({
      name: table.toString('utf8', at + 46, at + 46 + nameLength),
      method: table.readUInt16LE(at + 10),
      crc: table.readUInt32LE(at + 16),
      packed: table.readUInt32LE(at + 20),
      size: table.readUInt32LE(at + 24),
      mode: table.readUInt32LE(at + 38) >>> 16,
      at: table.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Where an entry goes below `into`, or a refusal when it would leave that folder.
 * @param {string} into @param {string} name
 */
export function placeOf(into, name) {
  const path = normalize(name)
  if (path.startsWith('..') || path.startsWith(sep) || path.includes('\0') || /^[a-z]:/i.test(path)) {
    throw new Refusal(`The zip file holds "${name}", which would be written outside of its folder`)
  }
  return join(into, path)
}

/**
 * Unpacks the entries that `pick` wants, each checked against its CRC-32.
 * @param {string} path
 * @param {string} into
 * @param {{ pick?: (name: string) => boolean, onBytes?: (written: number, total: number) => void }} [options]
 * @returns {Promise<number>} how many files were written
 */
export async function unpackZip(path, into, { pick = () => true, onBytes = () => {} } = {}) {
  const file = await open(path, 'r')
  try {
    const files = (await readContents(file)).filter((entry) => !entry.name.endsWith('/') && pick(entry.name))
    const total = files.reduce((sum, entry) => sum + entry.size, 0)
    let written = 0
    for (const entry of files) {
      const target = placeOf(into, entry.name)
      const kind = entry.mode & 0o170000
      if (kind !== 0 && kind !== 0o100000)
        throw new Refusal(`The zip file holds "${entry.name}", which is no plain file`)
      if (entry.method !== 0 && entry.method !== 8) {
        throw new Refusal(`"${entry.name}" is packed with method ${entry.method}; only stored and deflated can be read`)
      }
      const head = Buffer.alloc(30)
      await file.read(head, 0, 30, entry.at)
      if (head.readUInt32LE(0) !== LOCAL) throw new Refusal(`"${entry.name}" is not where the zip file's table says`)
      const start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
      const packed =
        entry.packed === 0
          ? Readable.from([])
          : createReadStream(path, { start, end: start + entry.packed - 1, highWaterMark: 1 << 20 })
      let crc = 0
      let size = 0
      await mkdir(dirname(target), { recursive: true })
      const sum = async function* (/** @type {AsyncIterable<Buffer>} */ source) {
        for await (const chunk of source) {
          crc = zlib.crc32(chunk, crc)
          size += chunk.length
          if (size > entry.size) throw new Refusal(`"${entry.name}" is longer than the zip file says`)
          onBytes(written + size, total)
          yield chunk
        }
      }
      const sink = createWriteStream(target, { mode: entry.mode & 0o111 ? 0o755 : 0o644 })
      if (entry.method === 8) await pipeline(packed, zlib.createInflateRaw({ chunkSize: 1 << 18 }), sum, sink)
      else await pipeline(packed, sum, sink)
      if (crc !== entry.crc || size !== entry.size)
        throw new Refusal(`"${entry.name}" came out of the zip file damaged`)
      written += size
    }
    return files.length
  } finally {
    await file.close()
  }
}

/**
 * Takes one member out of a .tgz (ustar, as `npm pack` writes it) and stops reading there.
 * @param {string} path @param {string} member @param {string} target
 */
export async function takeFromTgz(path, member, target) {
  const source = createReadStream(path, { highWaterMark: 1 << 20 })
  const bytes = source.pipe(zlib.createGunzip({ chunkSize: 1 << 18 }))
  source.once('error', (error) => bytes.destroy(error))
  let held = Buffer.alloc(0)
  let skip = 0
  /** @type {import('node:fs/promises').FileHandle | undefined} */
  let out
  let left = 0
  try {
    for await (const chunk of bytes) {
      held = held.length ? Buffer.concat([held, chunk]) : chunk
      for (;;) {
        if (out) {
          const part = held.subarray(0, left)
          await out.writeFile(part)
          held = held.subarray(part.length)
          left -= part.length
          if (left === 0) return
          break
        }
        if (skip > 0) {
          const passed = Math.min(skip, held.length)
          held = held.subarray(passed)
          skip -= passed
        }
        if (skip > 0 || held.length < 512) break
        const name = held.toString('utf8', 0, 100).split('\0')[0]
        const size = Number.parseInt(held.toString('latin1', 124, 136), 8) || 0
        held = held.subarray(512)
        if (name === member) {
          out = await open(target, 'w')
          left = size
        } else {
          skip = Math.ceil(size / 512) * 512
        }
      }
    }
  } finally {
    await out?.close()
    source.destroy()
  }
  throw new Refusal(left > 0 ? `${member} breaks off inside ${path}` : `${path} does not hold ${member}`)
}
