import { describe, expect, it } from 'vitest'
import { cliWords } from '../../electron/cli/cli-words.ts'
import { problemPlaces } from '../../shared/guide/problem-places.ts'
import { words } from '../../shared/phrasebook.ts'
import type { Problem, ProblemCode } from '../../shared/problems.ts'

const numbers = new Set(
  'bytes limit limitMs limitMiB count findings files packets port least most seconds minutes number status'.split(' '),
)
const chosen: Record<string, unknown> = {
  what: 'web-page',
  pin: 'fine',
  key: 'ec-p256',
  built: 'elsewhere',
  missing: 'key',
  at: '2026-01-31',
}

/** A problem with whatever its words ask for. */
const sample = (code: ProblemCode): Problem =>
  new Proxy({ code } as Problem, {
    get: (_, name) => {
      if (name === 'code') return code
      const asked = String(name)
      return chosen[asked] ?? (numbers.has(asked) ? 3 : 'Acme GmbH')
    },
  })

const codes = Object.keys(problemPlaces) as ProblemCode[]

/** Blame, and words that only who wrote the program knows. */
const unwanted =
  /\bplease\b|\boops\b|\bsorry\b|!(?:\s|$)|\byou (?:forgot|failed|should have|must)\b|\binvalid\b|\bparse|\bexception\b|\bnull\b|\bundefined\b|\bNaN\b|\[object|handle\b/i

describe.each([
  ['the window', words],
  ['the command line', cliWords],
] as const)('what a problem says in %s', (_, wordsFor) => {
  it.each(codes)('%s: what happened, and the next step, in whole sentences', (code) => {
    const { title, causes, next } = wordsFor(sample(code))
    expect(title.trim().length).toBeGreaterThan(4)
    expect(next.trim()).toMatch(/[.”]$|^Acme GmbH$/)
    for (const cause of causes) expect(cause.trim().length).toBeGreaterThan(3)
    for (const said of [title, ...causes, next]) expect(said).not.toMatch(unwanted)
  })
})

it('a cause stands with every problem whose reason is not its title already', () => {
  const without = codes.filter((code) => words(sample(code)).causes.length === 0)
  expect(without).toEqual([
    'app.cancelled',
    'cli.usage',
    'key.passphrase-needed',
    'key.passphrase-short',
    'provider.built-in',
    'test.blank-missing',
    'update.busy',
  ])
})
