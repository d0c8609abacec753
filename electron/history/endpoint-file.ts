import { z } from 'zod'
import { SeenServer } from '../../shared/expiry/server-change.ts'
import { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import { AttemptLine, Endpoint } from '../../shared/tls/kept-attempts.ts'

/** What is stored of an endpoint: the last test's address and choices, and one line for each attempt, newest first. */
export const EndpointFile = Endpoint.omit({ attempts: true, last: true, failsSince: true, lastWorked: true }).extend({
  format: z.literal(1),
  /** The CA file that was given for the test, to be given again when it is repeated. */
  caPem: z.string().optional(),
  /** Its certificates as last seen, to notice when they change. */
  server: SeenServer.optional(),
  lines: z.array(AttemptLine).min(1),
})
export type EndpointFile = z.infer<typeof EndpointFile>

export const StoredAttempt = z.strictObject({ format: z.literal(1), attempt: Attempt, verdict: Verdict })

/** What is kept of each endpoint; the oldest goes first. */
export const mostAttempts = 100

/** An answer that proves nothing is no failure. */
const fails = ({ outcome }: AttemptLine) => outcome === 'refused' || outcome === 'unreachable'

/** The stored endpoint with what follows from its lines: since when it fails, and when it last worked. */
export function endpointOf({ format: _, caPem: __, server: ___, lines, ...kept }: EndpointFile): Endpoint {
  const [last] = lines as [AttemptLine, ...AttemptLine[]]
  const worked = lines.find(({ outcome }) => outcome === 'accepted')
  const failing = lines.slice(0, worked ? lines.indexOf(worked) : undefined).filter(fails)
  const since = failing.at(-1)?.at
  const { at, outcome, cause, title } = last
  return {
    ...kept,
    attempts: lines.length,
    last: { at, outcome, cause, title },
    ...(since !== undefined && fails(last) && { failsSince: since }),
    ...(worked && { lastWorked: worked.at }),
  }
}
