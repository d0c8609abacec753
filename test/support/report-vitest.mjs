// @ts-check
// Vitest's side of the test report.

import { hand, told, wordsOf } from './report.mjs'

/** @typedef {import('vitest/node').TestModule} TestModule */
/** @typedef {import('./report.mjs').Suite} Suite */
/** @typedef {import('vitest/node').Reporter} Reporter */

/** @param {TestModule} module @returns {Suite} */
function suiteOf(module) {
  /** @type {Suite} */
  const suite = { name: module.relativeModuleId, passed: 0, failed: 0, skipped: 0, ms: 0, failures: [] }
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result()
    suite.ms += test.diagnostic()?.duration ?? 0
    if (state === 'passed') suite.passed += 1
    else if (state === 'failed') {
      suite.failed += 1
      suite.failures.push({ title: test.fullName, message: (errors ?? []).map(wordsOf).join('\n') })
    } else suite.skipped += 1
  }
  // A file that does not load, or a hook that fails, must not look like a file without tests.
  const broken = [...module.errors(), ...[...module.children.allSuites()].flatMap((one) => one.errors())]
  if (broken.length > 0) {
    suite.failed += 1
    suite.failures.push({ title: 'the file itself', message: broken.map(wordsOf).join('\n') })
  }
  return suite
}

/** @implements {Reporter} */
export default class {
  /** @param {TestModule} module */
  onTestModuleEnd(module) {
    const suite = suiteOf(module)
    if (suite.passed + suite.failed > 0) console.log(told(suite))
  }

  /**
   * @param {ReadonlyArray<TestModule>} modules
   * @param {ReadonlyArray<import('vitest/node').SerializedError>} errors
   */
  onTestRunEnd(modules, errors) {
    hand({
      runner: 'vitest',
      suites: modules.map(suiteOf),
      errors: errors.map((error) => ({ title: 'outside of any test', message: wordsOf(error) })),
    })
  }
}
