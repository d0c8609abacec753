import { afterAll, describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../../electron/node-signatures.ts'
import type { TrustQuestion } from '../../../shared/pki/path/check-trust.ts'
import { checkTrust } from '../../../shared/pki/path/check-trust.ts'
import { pathReasons } from '../../../shared/pki/path/reasons.ts'
import { checkSignaturesBy } from '../../../shared/pki/verify.ts'
import { type ChainCase, casesOf, optionsOf, questionOf, type Suite, suites } from './chain-cases.ts'
import { exceptions } from './chain-exceptions.ts'

checkSignaturesBy(nodeVerifies)

type Tally = { right: number; wrong: number; crashed: number }
const table: Record<string, Tally> = {}
const used = new Set<string>()

/** Says whether the verdict was the expected one, and counts it. */
async function judge(row: string, one: ChainCase, question: TrustQuestion): Promise<boolean> {
  table[row] ??= { right: 0, wrong: 0, crashed: 0 }
  const tally = table[row]
  try {
    const before = process.cpuUsage()
    const { trusted, reason, says, path } = await checkTrust(question)
    const { user, system } = process.cpuUsage(before)
    expect(user + system).toBeLessThan(1_000_000)
    expect(trusted).toBe(reason === 'ok')
    if (!trusted) expect(pathReasons).toContain(reason)
    expect(says).toMatch(/^\S.*\.$/)
    expect(says).not.toMatch(/undefined|“”/)
    if (!trusted && path.length > 0) expect(path.some(({ problem }) => problem !== undefined)).toBe(true)
    const right = trusted === (one.expected_result === 'SUCCESS')
    tally[right ? 'right' : 'wrong']++
    return right
  } catch (error) {
    tally.crashed++
    throw error
  }
}

describe.each(suites)('path validation suite %s', (suite: Suite) => {
  const cases = casesOf(suite).map((one) => [one.id, one] as const)

  it.each(cases)('%s has the expected verdict', async (id, one) => {
    const right = await judge(suite, one, { ...(await questionOf(one)), ...optionsOf(suite, one) })
    if (exceptions[id] !== undefined) used.add(id)
    expect(right, exceptions[id] === undefined ? id : `${id} agrees now, drop the exception`).toBe(
      exceptions[id] === undefined,
    )
  })
})

describe('without the options of the suites', () => {
  it('cases on which all programs agree come out as expected, but for those that need an option', async () => {
    const wrong: string[] = []
    for (const suite of suites) {
      for (const one of casesOf(suite)) {
        if (one.agreement !== 'all agree') continue
        const right = await judge(`${suite}, as the command line asks`, one, await questionOf(one))
        if (!right && exceptions[one.id] === undefined) wrong.push(one.id)
      }
    }
    const needsOption = /codesign|timestampsign|strict|auth level [03]|verify_depth|chain-depth|wildcard mistrust$/
    expect(wrong.filter((id) => !needsOption.test(id))).toEqual([])
    expect(wrong.length).toBeLessThan(16)
  }, 60_000)
})

describe('the exceptions', () => {
  it('are all needed, and at most three of a hundred', () => {
    expect(Object.keys(exceptions).filter((id) => !used.has(id))).toEqual([])
    const all = suites.reduce((sum, suite) => sum + casesOf(suite).length, 0)
    expect(Object.keys(exceptions).length / all).toBeLessThan(0.03)
  })
})

afterAll(() => {
  const rows = Object.entries(table).map(([row, { right, wrong, crashed }]) =>
    [row.padEnd(48), ...[right, wrong, crashed].map((count) => `${count}`.padStart(7))].join(' '),
  )
  console.info([`${'path verdicts'.padEnd(48)}   right   wrong crashed`, ...rows].join('\n'))
})
