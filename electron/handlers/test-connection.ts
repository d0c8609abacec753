import { ok } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { keepTest } from './keep-test.ts'
import { makeTest } from './make-test.ts'

/** A test that the page follows and can cancel. Facts and verdict come back, secrets do not. */
export const testConnection =
  (means: Means): Handlers['testConnection'] =>
  async (test) =>
    means.works.run(test.work, async (signal, commit, enough) => {
      const made = await makeTest(means, test, {
        signal,
        onStep: (step) => means.news({ kind: 'step', work: test.work, step }),
        onProbes: (probes) => means.news({ kind: 'probe', work: test.work, probes }),
        settle: commit,
        enough,
      })
      if (!made.ok) return made
      const { attempt, verdict } = made.value
      const kept = await keepTest(means, test, made.value, 'hand')
      return ok({ attempt, verdict, ...(kept !== undefined && { kept }) })
    })
