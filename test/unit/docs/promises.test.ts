import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')

/** Every `test file` “title” that a paper names. */
const namedIn = (paper: string): [file: string, title: string][] =>
  [...text(paper).matchAll(/`(test\/[^`]+)` “([^”]+)”/g)].map(([, file, title]) => [file!, title!])

const said = (title: string) =>
  new RegExp(
    `\\b(?:it|test)(?:\\.each\\([^\\n]*\\))?\\(\\s*['"\`]${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"\`]`,
  )

describe.each(['README.md', 'SECURITY.md'])('what %s promises', (paper) => {
  const named = namedIn(paper)

  it('is held by tests that are named', () => {
    expect(named.length).toBeGreaterThan(8)
    expect(text(paper).match(/`test\//g)?.length).toBe(named.length)
  })

  it.each(named)('%s has “%s”', (file, title) => {
    expect(existsSync(join(root, file))).toBe(true)
    expect(text(file)).toMatch(said(title))
  })
})

it('each promise of the README has its test beside it', () => {
  const readme = text('README.md')
  const table = readme.slice(readme.indexOf('| promise |')).split('\n\n')[0]!
  const rows = table.split('\n').slice(2)
  expect(rows.length).toBeGreaterThan(8)
  for (const row of rows) expect(row).toMatch(/`test\/[^`]+` “[^”]+” \|$/)
})
