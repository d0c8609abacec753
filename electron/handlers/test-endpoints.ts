import { ok, refuse } from '../../shared/result.ts'
import { testAllAgain } from '../history/test-again.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

/** All endpoints, or those named, tested once more; the page sees the list as it fills. */
export const testEndpoints =
  (means: Means): Handlers['testEndpoints'] =>
  async ({ work, endpoints }) =>
    means.works.run(work, async (signal, commit) => {
      const ids = endpoints ?? (await means.history.endpoints()).map(({ id }) => id)
      const results = await testAllAgain(means, ids, 'all', signal, (list) =>
        means.news({ kind: 'endpoints', work, results: list }),
      )
      if (!commit()) return refuse({ code: 'app.cancelled' })
      means.news({ kind: 'identities-changed' })
      return ok({ results })
    })
