import { describe, expect, it } from 'vitest'
import { readRow, table } from '../../../scripts/bench/table.mjs'
import { readArguments as readStart } from '../../../scripts/start/arguments.mjs'
import { readArguments } from '../../../scripts/test/arguments.mjs'
import { summarise } from '../../../scripts/test/summary.mjs'
import { wordsOf } from '../../support/report.mjs'

type Outcome = Parameters<typeof summarise>[0][number]

const suite = (name: string, passed: number, failed = 0, skipped = 0) => ({
  name,
  passed,
  failed,
  skipped,
  ms: 10,
  failures: Array.from({ length: failed }, (_, at) => ({ title: `breaks ${at}`, message: 'expected 1\nfound 2' })),
})

const outcome = (more: Partial<Outcome> = {}): Outcome => ({
  runner: 'Vitest',
  parts: ['unit'],
  report: { runner: 'vitest', suites: [suite('test/unit/a.test.ts', 3)], errors: [] },
  code: 0,
  words: '',
  filtered: false,
  ...more,
})

const withSuites = (...suites: ReturnType<typeof suite>[]) => ({ runner: 'vitest', suites, errors: [] })

describe('the summary of a test run', () => {
  it('adds up all runners', () => {
    const e2e = outcome({
      runner: 'Playwright',
      parts: ['e2e'],
      report: withSuites(suite('test/e2e/b.e2e.ts', 2, 1)),
      code: 1,
    })
    expect(summarise([outcome(), e2e])).toMatchObject({ passed: 5, failed: 1 })
  })

  it('prints title and message of a failure in full', () => {
    const { lines } = summarise([outcome({ report: withSuites(suite('test/unit/a.test.ts', 0, 1)), code: 1 })])
    expect(lines).toEqual(
      expect.arrayContaining(['✗ test/unit/a.test.ts', '  breaks 0', '    expected 1', '    found 2']),
    )
  })

  it.each([
    [
      'a runner that left no report',
      { report: undefined, code: 134, words: 'Segmentation fault' },
      'Segmentation fault',
    ],
    ['a runner that ran nothing', { report: withSuites() }, 'ran no test'],
    ['a part without a test', { parts: ['unit', 'cli'] }, 'No test of test/cli ran'],
    ['a bad exit without a failed test', { code: 1, words: 'worker died' }, 'worker died'],
    [
      'an error outside of any test',
      {
        report: { ...withSuites(suite('test/unit/a.test.ts', 1)), errors: [{ title: 't', message: 'stray' }] },
        code: 1,
      },
      'stray',
    ],
  ])('counts as a failure: %s', (_, more, words) => {
    const { failed, lines } = summarise([outcome(more)])
    expect(failed).toBe(1)
    expect(lines.join('\n')).toContain(words)
  })

  it('does not count a runner that had none of the wanted titles, as long as another had', () => {
    const none = outcome({ runner: 'Playwright', parts: [], report: withSuites(), filtered: true })
    expect(summarise([outcome({ parts: [], filtered: true }), none])).toMatchObject({ passed: 3, failed: 0 })
    expect(summarise([none])).toMatchObject({ passed: 0, failed: 1 })
  })

  it('shows skipped tests of a whole run, and leaves them out of a chosen one', () => {
    const report = withSuites(suite('test/unit/a.test.ts', 1, 0, 2))
    expect(summarise([outcome({ report })]).lines.join('\n')).toContain('2 skipped')
    expect(summarise([outcome({ report, parts: [], filtered: true })]).skipped).toBe(0)
  })
})

describe('the words of a failure', () => {
  it('have no colours, and only our own part of the stack', () => {
    const stack = 'Error: no\n    at ours (/p/test/a.ts:1:2)\n    at x (/p/node_modules/y/z.js:1:1)'
    const words = wordsOf({ message: '\u001b[31mno\u001b[39m', stack, diff: '- 1\n+ 2' })
    expect(words).toBe('no\n- 1\n+ 2\n    at ours (/p/test/a.ts:1:2)')
  })
})

describe('what a command is asked for', () => {
  it('is everything without words', () => {
    expect(readArguments([]).parts).toEqual(['unit', 'main', 'cli', 'interop', 'e2e'])
  })

  it('is the parts that are named, the part a file belongs to, and a title', () => {
    expect(readArguments(['unit', 'e2e']).parts).toEqual(['unit', 'e2e'])
    expect(readArguments(['./test/e2e/journey.e2e.ts'])).toMatchObject({
      parts: ['e2e'],
      files: ['test/e2e/journey.e2e.ts'],
    })
    expect(readArguments(['main', '-t', 'no key (ever)'])).toMatchObject({ parts: ['main'], title: 'no key (ever)' })
    expect(() => readArguments(['everything'])).toThrow('"everything" is no part of the tests')
    expect(() => readArguments(['-t'])).toThrow('needs a title')
  })

  it('is the app, the app with files, or the tour for one provider', () => {
    expect(readStart([])).toMatchObject({ tour: false, rest: [] })
    expect(readStart(['a.pem', 'b.p12'])).toMatchObject({ tour: false, rest: ['a.pem', 'b.p12'] })
    expect(readStart(['--tour'])).toMatchObject({ tour: true, provider: undefined })
    expect(readStart(['--tour', 'apata'])).toMatchObject({ tour: true, provider: 'apata' })
    expect(() => readStart(['--tour', 'apata', 'truv'])).toThrow('one word too many')
  })
})

describe('the table of measurements', () => {
  it('reads only whole measurements', () => {
    expect(readRow('{"name":"window","ours":900,"unit":"ms"}')).toMatchObject({ name: 'window' })
    for (const text of ['{"name":"window"}', '{broken', 'plain words', '{"name":"w","ours":null,"unit":"ms"}']) {
      expect(readRow(text)).toBeUndefined()
    }
  })

  it('compares within one run, and says whether the goal was kept', () => {
    const lines = table([
      { name: 'window', ours: 1200, theirs: 1000, against: 'empty window', unit: 'ms', goal: 1.3 },
      { name: 'key', ours: 3, theirs: 2, unit: 's', goal: 1.1 },
      { name: 'bundle', ours: 120, unit: 'ms', goal: 150 },
    ])
    expect(lines[2]).toMatch(/window.*1200 ms.*1000 ms \(empty window\).*1\.20×.*≤ 1\.3×.*kept/)
    expect(lines[3]).toMatch(/1\.50×.*missed/)
    expect(lines[4]).toMatch(/120 ms.*≤ 150 ms.*kept/)
  })
})
