import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { limits } from '../../../electron/gather.ts'
import { maxFileMiB, usualMemoryMiB } from '../../../electron/reader-limits.ts'
import { receivers } from '../../../shared/handover/receivers.ts'
import { targets } from '../../../shared/pki/convert-how.ts'
import { maxObjects } from '../../../shared/pki/inspect.ts'
import { keyLabel } from '../../../shared/pki/key-labels.ts'
import { maxIterations, unopened } from '../../../shared/pki/pbes2.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/formats.md'), 'utf8')

/** First cells of the table that has this head. */
const cells = (head: string): string[] => {
  const lines = page.slice(page.indexOf(`| ${head} |`)).split('\n')
  const rows = lines.slice(2, lines.indexOf(''))
  return rows.map((row) => row.split('|')[1]!.trim().replaceAll('`', ''))
}

it('docs/formats.md lists every form that convert writes, and no other', () => {
  expect(cells('form')).toEqual([...targets])
})

it('docs/formats.md lists every receiver of an export, in its order', () => {
  expect(cells('receiver')).toEqual(receivers.map(({ name }) => name))
})

it('docs/formats.md lists every key that is made', () => {
  expect(page).toContain(`| keys | ${Object.values(keyLabel).join(', ')} |`)
})

it('docs/formats.md names the encryption that is not opened, and the limit of rounds', () => {
  const row = page.split('\n').find((line) => line.includes('named, not opened'))!
  for (const name of Object.values(unopened)) expect(row).toContain(name.split('-')[0])
  expect(page).toContain(`${maxIterations.toLocaleString('en-US')} iterations at most`)
})

it('docs/formats.md and the guide give the limits of the reader', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/guide/inspect.md'), 'utf8')
  const drop = `${limits.totalBytes / 1024 / 1024} MiB`
  for (const value of [`${maxFileMiB} MiB`, drop, `${usualMemoryMiB} MiB`, maxObjects.toLocaleString('en-US')]) {
    expect(page).toContain(`| ${value} |`)
    expect(guide).toContain(value)
  }
})
