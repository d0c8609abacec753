// @ts-check
// Adds up what the runners handed over, and says it: failures in full, a table of suites, one line of counts.

import { existsSync, readFileSync } from 'node:fs'

/** @typedef {import('../../test/support/report.mjs').Report} Report */
/**
 * @typedef {object} Outcome
 * @property {string} runner
 * @property {string[]} parts folders of test/ that must each have had a test in this run
 * @property {Report | undefined} report
 * @property {number} code
 * @property {string} words everything the runner printed
 * @property {boolean} filtered only some tests were wanted, so none may be right
 */

/** @param {string} path @returns {Report | undefined} */
export function readReport(path) {
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * What went wrong beside the tests. Each counts as one failure: a runner that crashed, or ran nothing, must not look green.
 * @param {Outcome} outcome
 */
function troublesOf({ runner, parts, report, code, words, filtered }) {
  const said = words.trim() || 'It printed nothing.'
  if (!report) return [{ title: `${runner} ended without a report (exit code ${code})`, message: said }]
  const troubles = report.errors.map(({ title, message }) => ({ title: `${runner}, ${title}`, message }))
  const ran = report.suites.filter(({ passed, failed }) => passed + failed > 0)
  const failed = ran.some((suite) => suite.failed > 0)
  if (ran.length === 0 && troubles.length === 0 && !filtered) {
    troubles.push({ title: `${runner} ran no test`, message: said })
  } else {
    for (const part of parts) {
      if (ran.some(({ name }) => name.startsWith(`test/${part}/`))) continue
      troubles.push({ title: `No test of test/${part} ran`, message: 'Each part must have at least one.' })
    }
  }
  if (code !== 0 && !failed && troubles.length === 0) {
    troubles.push({ title: `${runner} ended with exit code ${code}, though no test failed`, message: said })
  }
  return troubles
}

/** @param {string} text */
const indented = (text) => text.split('\n').map((one) => `    ${one}`)

/**
 * @param {Outcome[]} outcomes
 * @returns {{ lines: string[], passed: number, failed: number, skipped: number }}
 */
export function summarise(outcomes) {
  const suites = outcomes
    // Where only some tests were wanted, the others are left out, not skipped.
    .flatMap(({ report, filtered }) => (report?.suites ?? []).map((one) => (filtered ? { ...one, skipped: 0 } : one)))
    .filter((one) => one.passed + one.failed + one.skipped)
  const troubles = outcomes.flatMap(troublesOf)
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    suites.reduce((total, suite) => total + suite[key], 0)
  const [passed, skipped] = [sum('passed'), sum('skipped')]
  if (passed + sum('failed') + troubles.length === 0) {
    troubles.push({ title: 'No test ran', message: 'Nothing has the wanted title or path.' })
  }
  const failed = sum('failed') + troubles.length
  /** @type {string[]} */
  const lines = []
  for (const { name, failures } of suites) {
    for (const { title, message } of failures) lines.push('', `✗ ${name}`, `  ${title}`, ...indented(message))
  }
  for (const { title, message } of troubles) lines.push('', `✗ ${title}`, ...indented(message))
  const width = Math.max(5, ...suites.map(({ name }) => name.length))
  lines.push('', `${'suite'.padEnd(width)}  passed  failed     time`)
  for (const suite of [...suites].sort((a, b) => a.name.localeCompare(b.name))) {
    const time = `${(suite.ms / 1000).toFixed(1)} s`
    const numbers = `${String(suite.passed).padStart(6)}  ${String(suite.failed).padStart(6)}  ${time.padStart(7)}`
    lines.push(`${suite.name.padEnd(width)}  ${numbers}${suite.skipped ? `  ${suite.skipped} skipped` : ''}`)
  }
  if (skipped > 0) lines.push('', `${skipped} skipped: they count neither way`)
  return { lines, passed, failed, skipped }
}
