// @ts-check
// One shape for what every runner saw, so that their counts can be added up: written by a runner's reporter, read by `npm test`.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** @typedef {{ title: string, message: string }} Failure */
/** @typedef {{ name: string, passed: number, failed: number, skipped: number, ms: number, failures: Failure[] }} Suite */
/** @typedef {{ runner: string, suites: Suite[], errors: Failure[] }} Report `errors` belong to no test: a file that does not load, a stray rejection */

/** @param {string} text */
export function plain(text) {
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')
}

/**
 * The words of a failure: message, what was expected, and where; a stack only as far as our own files.
 * @param {{ message?: string, name?: string, stack?: string, diff?: string, snippet?: string, value?: string, cause?: unknown }} error
 */
export function wordsOf(error) {
  const parts = [error.message ?? error.value ?? 'no message']
  if (error.diff) parts.push(error.diff)
  if (error.snippet) parts.push(error.snippet)
  const own = (error.stack ?? '')
    .split('\n')
    .filter((text) => /^\s+at /.test(text) && !/node_modules|node:internal|\(<anonymous>\)/.test(text))
    .slice(0, 8)
  if (own.length > 0) parts.push(own.join('\n'))
  const cause = /** @type {{ message?: string } | undefined} */ (error.cause)
  if (cause?.message) parts.push(`caused by: ${cause.message}`)
  return plain(parts.join('\n'))
}

/** @param {Suite} suite One line while the run goes on. */
export function told({ name, passed, failed, skipped, ms }) {
  const mark = failed > 0 ? '✗' : '✓'
  const rest = [`${passed} passed`, ...(failed ? [`${failed} failed`] : []), ...(skipped ? [`${skipped} skipped`] : [])]
  return `${mark} ${name}: ${rest.join(', ')} (${ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`})`
}

/** @param {Report} report Written where `npm test` looks for it; by hand, nothing is written. */
export function hand(report) {
  const path = process.env.COUNTERSIGN_REPORT
  if (!path) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(report))
}
