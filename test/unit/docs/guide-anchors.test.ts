import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ProblemOut, TestOut } from '../../../electron/cli/output.ts'
import { painter, problemJson, problemLines } from '../../../electron/cli/print.ts'
import { verdictJson } from '../../../electron/cli/with-guide.ts'
import { anchorOf } from '../../../scripts/guide/read-page.mjs'
import { paperOfCode, paperOfProblem } from '../../../shared/guide/papers.ts'
import { problemPlaces } from '../../../shared/guide/problem-places.ts'
import { paperOfCause } from '../../../shared/guide/verdict-papers.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { catalogue } from '../../../shared/tls/failures.ts'

const root = join(import.meta.dirname, '../../..')

/** The lines below a heading, up to the next one; null where file or heading is missing. */
function paragraph(paper: string): string | null {
  const [file = '', anchor] = paper.split('#')
  if (!existsSync(join(root, file))) return null
  const sections = readFileSync(join(root, file), 'utf8').split(/^(?=#{1,6} )/m)
  return sections.find((one) => anchorOf(one.slice(0, one.indexOf('\n')).replace(/^#+ |`/g, '')) === anchor) ?? null
}

const problemCodes = Object.keys(problemPlaces) as ProblemCode[]

describe('the paragraph that the command line names', () => {
  it('is there in the repository for the code of every problem', () => {
    expect(problemCodes.length).toBeGreaterThan(150)
    expect(problemCodes.filter((code) => paragraph(paperOfProblem(code)) === null)).toEqual([])
  })

  it('has the row of every verdict', () => {
    const lost = Object.keys(catalogue).filter(
      (code) => !paragraph(paperOfCause(code) ?? '')?.includes(`| \`${code}\` |`),
    )
    expect(lost).toEqual([])
  })

  it('is that of the problem where a test was not made because of one', () => {
    expect(paperOfCause('vault.locked')).toBe(paperOfProblem('vault.locked'))
  })

  it('is none for a code that is neither', () => {
    for (const code of ['no.such', 'toString', '__proto__', '']) {
      expect(paperOfCause(code)).toBeUndefined()
      expect(paperOfCode(code)).toBeUndefined()
    }
  })

  it('stands in the JSON of a problem and below its words', () => {
    const problem = { code: 'vault.locked' } as const
    const guide = 'docs/guide/vault.md#lock-it'
    expect(ProblemOut.parse(problemJson(problem))).toMatchObject({ code: 'vault.locked', guide })
    const lines = problemLines(problem, painter({ colour: false })).split('\n')
    expect(lines.at(-1)).toBe(`  More: ${guide} (countersign help vault.locked)`)
  })

  it('stands in the JSON of a verdict and of each of its causes', () => {
    const verdict = verdictJson({
      outcome: 'refused',
      title: 'Your certificate has expired',
      cause: 'client.expired',
      causes: [
        { code: 'client.expired', because: 'x' },
        { code: 'net.reset', because: 'y' },
      ],
    })
    expect(TestOut.parse({ verdict, steps: [], http: null }).verdict).toMatchObject({
      guide: 'docs/verdicts.md#your-certificate',
      causes: [{ guide: 'docs/verdicts.md#your-certificate' }, { guide: 'docs/verdicts.md#the-way-there' }],
    })
  })
})
