import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../shared/tls/failures.ts'
import { runtimes } from '../../../shared/tls/forecast/forecast.ts'

const page = readFileSync(new URL('../../../docs/verdicts.md', import.meta.url), 'utf8')

describe('docs/verdicts.md', () => {
  it('has a line for each code with its meaning and next step, as the app words them', () => {
    const told = [...page.matchAll(/^\| `([a-z0-9-]+(?:\.[a-z0-9-]+)?)` \| (.+?) \| (.*?) ?\|$/gm)].map(
      ([, ...cells]) => cells,
    )
    const known = Object.entries(catalogue).map(([code, { next, title }]) => [code, title, next])
    expect(told).toEqual(known)
  })

  it('names every program of the forecast and where it was measured', () => {
    for (const { measured, name } of runtimes) expect(page).toContain(`| ${name} | ${measured} |`)
  })
})
