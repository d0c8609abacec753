import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Stands in every secret of a test, so that one can look for it on the disk. */
export const marker = 'KEY-BYTES-THAT-NOBODY-MAY-FIND'

/** The forms in which it would give itself away: as it is, in hex, in base64 at each of the three offsets. */
const forms = [
  marker,
  Buffer.from(marker).toString('hex'),
  ...[0, 1, 2].map((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${marker}`).toString('base64')
    return text.slice(offset === 0 ? 0 : 4, text.length - 8)
  }),
]

/** Files below a folder that hold a secret in the clear. */
export function filesWithSecrets(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => {
      const text = readFileSync(path).toString('latin1')
      return forms.some((form) => text.includes(form))
    })
}
