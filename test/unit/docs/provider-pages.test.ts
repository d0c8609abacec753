import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { factsOf } from '../../support/provider-page.ts'

const pageOf = (id: string) => readFileSync(join(import.meta.dirname, '../../../docs/providers', `${id}.md`), 'utf8')

describe('the page of each provider', () => {
  it.each(builtInProfiles.map(({ id }) => id))('%s: its rules are those of the profile, word for word', (id) => {
    const page = pageOf(id)
    const facts = page.slice(page.indexOf('## The rules'), page.indexOf('\n## Traps')).trim()
    expect(facts).toBe(factsOf(builtInProfiles.find((profile) => profile.id === id)))
  })
  it.each(builtInProfiles)('$name: its summary is that of the profile', ({ id, name, summary }) => {
    expect(pageOf(id).startsWith(`# ${name}\n\n${summary}\n`)).toBe(true)
  })
})
