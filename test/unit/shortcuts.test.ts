import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shortcutGroups } from '../../shared/shortcuts.ts'

const paper = readFileSync(join(import.meta.dirname, '../../docs/accessibility.md'), 'utf8')
const section = (title: string) => paper.split(`### ${title}\n`)[1]?.split('\n#')[0] ?? ''

describe('the list of keys', () => {
  it.each(shortcutGroups.map(({ title, shortcuts }) => [title, shortcuts] as const))(
    'is the same on paper: %s',
    (title, shortcuts) => {
      const rows = section(title)
        .split('\n')
        .filter((line) => line.startsWith('| `'))
      expect(rows).toEqual(
        shortcuts.map(({ keys, does }) => `| ${keys.map((key) => `\`${key}\``).join(' ')} | ${does} |`),
      )
    },
  )

  it('gives each key a name of its own', () => {
    const ids = shortcutGroups.flatMap(({ shortcuts }) => shortcuts.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
