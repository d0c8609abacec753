// @ts-check
// `node scripts/release/checksums.mjs FOLDER`: SHA256SUMS of every file in it, as `sha256sum --check` reads it.

import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { line, main, Refusal } from '../say.mjs'

const name = 'SHA256SUMS'

await main(async () => {
  const [folder = 'dist'] = process.argv.slice(2)
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== name)
    .map((entry) => entry.name)
    .sort()
  if (files.length === 0) throw new Refusal(`There are no files in ${folder}`)
  const lines = []
  for (const file of files) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(folder, file)), hash)
    lines.push(`${hash.digest('hex')}  ${file}\n`)
  }
  writeFileSync(join(folder, name), lines.join(''))
  line(`${name}: ${files.length} ${files.length === 1 ? 'file' : 'files'}`)
  return 0
})
