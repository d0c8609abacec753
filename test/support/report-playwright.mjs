// @ts-check
// Playwright's side of the test report.

import { relative } from 'node:path'
import { hand, told, wordsOf } from './report.mjs'

/** @typedef {import('./report.mjs').Suite} Suite */
/** @typedef {import('playwright/types/testReporter').Reporter} Reporter */
/** @typedef {{ title: string, result: import('playwright/types/testReporter').TestResult, good: boolean }} Last how a test ended at last */

/** @implements {Reporter} */
export default class {
  constructor() {
    /** @type {Map<string, Suite>} */
    this.suites = new Map()
    /** @type {Map<import('playwright/types/testReporter').TestCase, Last>} */
    this.last = new Map()
    /** @type {import('./report.mjs').Failure[]} */
    this.errors = []
  }

  /** @param {import('playwright/types/testReporter').TestCase} test */
  suiteOf(test) {
    const name = relative(process.cwd(), test.location.file).replaceAll('\\', '/')
    const known = this.suites.get(name)
    if (known) return known
    /** @type {Suite} */
    const suite = { name, passed: 0, failed: 0, skipped: 0, ms: 0, failures: [] }
    this.suites.set(name, suite)
    return suite
  }

  /**
   * @param {import('playwright/types/testReporter').TestCase} test
   * @param {import('playwright/types/testReporter').TestResult} result
   */
  onTestEnd(test, result) {
    const title = test.titlePath().slice(3).join(' > ')
    // With retries only the last word counts; what was said before is told.
    if (result.status !== 'passed' && result.status !== 'skipped' && result.retry < test.retries) {
      console.log([`~ ${title}: failed, is tried once more`, ...result.errors.map(wordsOf)].join('\n'))
      return
    }
    const skipped = result.status === 'skipped'
    const good = result.status === test.expectedStatus
    // In a file whose tests build on each other a retry runs all of them again.
    this.last.set(test, { title, result, good })
    const mark = skipped ? '-' : good ? '✓' : '✗'
    console.log(`${mark} ${title} (${(result.duration / 1000).toFixed(1)} s)`)
  }

  /** @param {import('playwright/types/testReporter').TestCase} test @param {Last} last */
  count(test, { title, result, good }) {
    const suite = this.suiteOf(test)
    suite.ms += result.duration
    if (result.status === 'skipped') suite.skipped += 1
    else if (good) suite.passed += 1
    else {
      suite.failed += 1
      const words = result.errors.map(wordsOf)
      if (words.length === 0) words.push(`ended as "${result.status}", expected "${test.expectedStatus}"`)
      const said = [...result.stdout, ...result.stderr].map(String).join('').trim().split('\n').slice(-20)
      if (said.join('')) words.push('It printed at the end:', ...said)
      suite.failures.push({ title, message: words.join('\n') })
    }
  }

  /** @param {import('playwright/types/testReporter').TestError} error */
  onError(error) {
    this.errors.push({ title: 'outside of any test', message: wordsOf(error) })
  }

  onEnd() {
    for (const [test, last] of this.last) this.count(test, last)
    for (const suite of this.suites.values()) console.log(told(suite))
    hand({ runner: 'playwright', suites: [...this.suites.values()], errors: this.errors })
  }

  printsToStdio() {
    return true
  }
}
