// @ts-check
// Playwright's side of the test report.

import { relative } from 'node:path'
import { hand, told, wordsOf } from './report.mjs'

/** @typedef {import('./report.mjs').Suite} Suite */
/** @typedef {import('playwright/types/testReporter').Reporter} Reporter */
/** @typedef {import('playwright/types/testReporter').TestCase} TestCase */
/** @typedef {import('playwright/types/testReporter').TestResult} TestResult */

/** @param {TestCase} test */
const titleOf = (test) => test.titlePath().slice(3).join(' > ')

/** @implements {Reporter} */
export default class {
  constructor() {
    /** @type {Map<string, Suite>} */
    this.suites = new Map()
    /** @type {Map<TestCase, TestResult>} How each ended at last: a retry runs all tests again that build on each other. */
    this.last = new Map()
    /** @type {import('./report.mjs').Failure[]} */
    this.errors = []
  }

  /** @param {TestCase} test */
  suiteOf(test) {
    const name = relative(process.cwd(), test.location.file).replaceAll('\\', '/')
    const known = this.suites.get(name)
    if (known) return known
    /** @type {Suite} */
    const suite = { name, passed: 0, failed: 0, skipped: 0, ms: 0, failures: [] }
    this.suites.set(name, suite)
    return suite
  }

  /** @param {TestCase} test @param {TestResult} result */
  onTestEnd(test, result) {
    // With retries only the last word counts; what was said before is told.
    if (result.status !== 'passed' && result.status !== 'skipped' && result.retry < test.retries) {
      console.log([`~ ${titleOf(test)}: failed, is tried once more`, ...result.errors.map(wordsOf)].join('\n'))
      return
    }
    this.last.set(test, result)
    const mark = result.status === 'skipped' ? '-' : result.status === test.expectedStatus ? '✓' : '✗'
    console.log(`${mark} ${titleOf(test)} (${(result.duration / 1000).toFixed(1)} s)`)
  }

  /** @param {TestCase} test @param {TestResult} result */
  count(test, result) {
    const suite = this.suiteOf(test)
    suite.ms += result.duration
    if (result.status === 'skipped') suite.skipped += 1
    else if (result.status === test.expectedStatus) suite.passed += 1
    else {
      suite.failed += 1
      const words = result.errors.map(wordsOf)
      if (words.length === 0) words.push(`ended as "${result.status}", expected "${test.expectedStatus}"`)
      const said = [...result.stdout, ...result.stderr].map(String).join('').trim().split('\n').slice(-20)
      if (said.join('')) words.push('It printed at the end:', ...said)
      suite.failures.push({ title: titleOf(test), message: words.join('\n') })
    }
  }

  /** @param {import('playwright/types/testReporter').TestError} error */
  onError(error) {
    this.errors.push({ title: 'outside of any test', message: wordsOf(error) })
  }

  onEnd() {
    for (const [test, result] of this.last) this.count(test, result)
    for (const suite of this.suites.values()) console.log(told(suite))
    hand({ runner: 'playwright', suites: [...this.suites.values()], errors: this.errors })
  }

  printsToStdio() {
    return true
  }
}
