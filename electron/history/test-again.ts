import { words } from '../../shared/phrasebook.ts'
import type { AttemptLine, EndpointResult } from '../../shared/tls/kept-attempts.ts'
import { keepTest } from '../handlers/keep-test.ts'
import { makeTest } from '../handlers/make-test.ts'
import type { Means } from '../means.ts'
import { testToRepeat } from './repeat-test.ts'

/** Enough to be quick over many, few enough that no provider takes it for an attack. */
const atOnce = 4

/** Makes the last test of an endpoint once more, and keeps it. */
export async function testAgain(
  means: Means,
  endpoint: string,
  by: AttemptLine['by'],
  signal: AbortSignal,
): Promise<EndpointResult> {
  const notTested = (says: string): EndpointResult => ({ endpoint, state: 'not-tested', says })
  const file = await means.history.find(endpoint)
  if (!file) return notTested(words({ code: 'history.endpoint-lost' }).title)
  const again = await testToRepeat(means, file)
  if (!again.ok) return notTested(words(again.problem).title)
  // The further connections explain a refusal to somebody who is looking; over many endpoints the cause is enough.
  const test = { ...again.value, work: `again-${endpoint}`, probe: 'none' as const }
  const made = await makeTest(means, test, { signal })
  if (!made.ok) return notTested(words(made.problem).title)
  const attempt = await keepTest(means, test, made.value, by)
  const { outcome, title } = made.value.verdict
  return { endpoint, state: 'tested', outcome, says: title, ...(attempt !== undefined && { attempt }) }
}

/** The same for many, a few at a time. `tell` hears the whole list whenever something in it changes. */
export async function testAllAgain(
  means: Means,
  endpoints: readonly string[],
  by: AttemptLine['by'],
  signal: AbortSignal,
  tell: (results: EndpointResult[]) => void,
): Promise<EndpointResult[]> {
  const results = endpoints.map((endpoint): EndpointResult => ({ endpoint, state: 'waiting' }))
  let next = 0
  const say = (index: number, result: EndpointResult) => {
    results[index] = result
    if (!signal.aborted) tell([...results])
  }
  const worker = async () => {
    while (next < endpoints.length && !signal.aborted) {
      const index = next++
      const endpoint = endpoints[index] as string
      say(index, { endpoint, state: 'running' })
      say(index, await testAgain(means, endpoint, by, signal))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
