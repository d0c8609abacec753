// @ts-check
// Facts about the installed package, each tried and counted.

import { duration, line, note } from '../say.mjs'

export function openChecks() {
  const count = { passed: 0, failed: 0 }
  return {
    count,
    /** @param {string} fact in the present tense @param {() => Promise<unknown>} trial throws when it does not hold */
    async check(fact, trial) {
      const began = performance.now()
      try {
        await trial()
        count.passed += 1
        line(`✓ ${fact} (${duration(performance.now() - began)})`)
      } catch (error) {
        count.failed += 1
        line(`✗ ${fact}`)
        const { message } = /** @type {Error} */ (error)
        for (const text of message.split('\n').slice(0, 30)) note(text)
      }
    },
  }
}

/** @typedef {ReturnType<typeof openChecks>} Checks */

/** Asks again until it answers, because windows come when they come. @template T @param {() => Promise<T | undefined | false>} ask */
export async function eventually(ask, what = 'it', limitMs = 30_000) {
  const end = performance.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > end) throw new Error(`waited ${limitMs / 1000} s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
