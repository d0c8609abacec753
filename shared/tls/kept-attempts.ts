import { z } from 'zod'
import { Handle } from '../identity.ts'
import { ConnectionOptions, Outcome, Verdict } from './attempt.ts'

export const AttemptId = z.string().regex(/^[0-9a-f]{16,32}$/)
export type AttemptId = z.infer<typeof AttemptId>

/** An address that was tested with an identity (or with none): what history, watching and re-running go by. */
export const Endpoint = z.strictObject({
  /** Names it among all: derived from identity, host and port, so that the same test finds the same history. */
  id: z.string().regex(/^[0-9a-f]{16,32}$/),
  identity: Handle.nullable(),
  identityName: z.string().nullable(),
  /** Without values of blanks, user, password and query. */
  url: z.string(),
  host: z.string(),
  port: z.number().int(),
  method: z.string(),
  trust: z.enum(['system', 'provider', 'practice', 'pem', 'once']),
  options: ConnectionOptions.optional(),
  /** Checked once a day while the app runs. */
  watched: z.boolean(),
  attempts: z.number().int(),
  last: z.strictObject({
    at: z.iso.datetime(),
    outcome: Outcome,
    cause: z.string(),
    title: z.string(),
  }),
  /** The first of the unbroken run of refusals that the last attempt belongs to, and the last success before it. */
  failsSince: z.iso.datetime().optional(),
  lastWorked: z.iso.datetime().optional(),
  /** The server’s certificate as last seen, for those who pin it. */
  serverSha256: z.string().optional(),
  serverNotAfter: z.string().optional(),
})
export type Endpoint = z.infer<typeof Endpoint>

/** One line of the history; the whole attempt is read when it is opened. */
export const AttemptLine = z.strictObject({
  id: AttemptId,
  endpoint: z.string(),
  at: z.iso.datetime(),
  outcome: Verdict.shape.outcome,
  cause: z.string(),
  title: z.string(),
  protocol: z.string().optional(),
  status: z.number().int().optional(),
  durationMs: z.number(),
  /** Made by the daily watch or by a run over all endpoints rather than by hand. */
  by: z.enum(['hand', 'all', 'watch']),
})
export type AttemptLine = z.infer<typeof AttemptLine>

/** What a support bundle holds, before it is written: every byte of it can be read first. */
export const SupportBundle = z.strictObject({
  fileName: z.string(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), text: z.string() })),
  /** What was left out on purpose, in words. */
  leftOut: z.array(z.string()),
})
export type SupportBundle = z.infer<typeof SupportBundle>

export const forecastAnswers = ['yes', 'no', 'partly', 'unknown'] as const

/** What another program would do with this identity and this server. */
export const ForecastRow = z.strictObject({
  runtime: z.string(),
  name: z.string(),
  loads: z.strictObject({ answer: z.enum(forecastAnswers), why: z.string() }),
  sends: z.strictObject({ answer: z.enum(forecastAnswers), why: z.string() }),
  trusts: z.strictObject({ answer: z.enum(forecastAnswers), why: z.string() }),
  /** The likely end, in one sentence, with the text that program would print where it is known. */
  says: z.string(),
  /** Where the rules behind the row were measured. */
  measured: z.string().optional(),
})
export type ForecastRow = z.infer<typeof ForecastRow>

/** A row of the catalogue of error texts that a pasted text matches. */
export const Explanation = z.strictObject({
  code: z.string(),
  title: z.string(),
  /** The words of the text that it was recognised by. */
  matched: z.string(),
  /** Whose text it is, such as `curl` or `Java`. */
  runtime: z.string(),
  cause: z.string(),
  next: z.string(),
  fits: z.enum(['likely', 'possible', 'ruled-out']),
  /** Why, from the chosen identity and the last test. */
  because: z.string(),
})
export type Explanation = z.infer<typeof Explanation>

export const EndpointId = z.string().regex(/^[0-9a-f]{24}$/)

/** How one endpoint fared in a run over all: a verdict, or why no test was made. */
export const EndpointResult = z.strictObject({
  endpoint: EndpointId,
  state: z.enum(['waiting', 'running', 'tested', 'not-tested']),
  outcome: Verdict.shape.outcome.optional(),
  /** The verdict’s title, or why it was not tested. */
  says: z.string().optional(),
  attempt: AttemptId.optional(),
})
export type EndpointResult = z.infer<typeof EndpointResult>

/**
 * `pcapng-with-secrets` and `keylog` let whoever gets the file read the request, headers and body included; the others do
 * not.
 */
export const TranscriptFormat = z.enum(['text', 'json', 'pcapng', 'pcapng-with-secrets', 'keylog'])
export type TranscriptFormat = z.infer<typeof TranscriptFormat>
