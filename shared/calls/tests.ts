import { z } from 'zod'
import { Handle } from '../identity.ts'
import { Attempt, ConnectionOptions, Verdict } from '../tls/attempt.ts'
import {
  AttemptId,
  AttemptLine,
  Endpoint,
  EndpointId,
  EndpointResult,
  Explanation,
  ForecastRow,
  SupportBundle,
  TranscriptFormat,
} from '../tls/kept-attempts.ts'
import { Nothing, PastedText, Work } from './inputs.ts'

export const ConnectionTest = z.strictObject({
  work: Work,
  /** `null` tests without a client certificate. */
  identity: Handle.nullable(),
  url: z.string().min(1).max(2048),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  headers: z.array(z.strictObject({ name: z.string().min(1).max(200), value: z.string().max(8192) })).max(60),
  body: z
    .string()
    .max(256 * 1024)
    .optional(),
  /** Values for `{blanks}` in url, headers and body; kept sealed with the identity when `remember` is set. */
  blanks: z.record(z.string().max(40), z.string().max(4096)),
  /** Blanks without a value here are filled from what the identity remembers. */
  remember: z.boolean(),
  /**
   * `provider`: the CA kept with the identity. `practice`: the practice provider's CA. `once`: exactly this certificate
   * of the server, for this test only, after the user has seen it.
   */
  trust: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('system') }),
    z.strictObject({ by: z.literal('provider') }),
    z.strictObject({ by: z.literal('practice') }),
    z.strictObject({ by: z.literal('pem'), pem: PastedText }),
    z.strictObject({ by: z.literal('once'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ]),
  /** Without a proxy in it, the one of the settings applies. */
  options: ConnectionOptions.optional(),
  /** `auto`, which is meant when absent, tells the causes of a refusal apart by further connections. */
  probe: z.enum(['none', 'auto']).optional(),
  /** What the proxy asked for: kept in memory for its address until the app ends, and stored nowhere. */
  proxyLogin: z.strictObject({ user: z.string().min(1).max(255), password: z.string().max(1024) }).optional(),
  timeoutMs: z.number().int().min(500).max(120_000).optional(),
})
export type ConnectionTest = z.infer<typeof ConnectionTest>

/** Tests of connections, their history, and what explains them. */
export const testCalls = {
  /** `kept` finds the attempt again in the history. */
  testConnection: {
    input: ConnectionTest,
    output: z.strictObject({ attempt: Attempt, verdict: Verdict, kept: AttemptId.optional() }),
  },
  listEndpoints: { input: Nothing, output: z.strictObject({ endpoints: z.array(Endpoint) }) },
  listAttempts: {
    input: z.strictObject({ endpoint: EndpointId }),
    output: z.strictObject({ lines: z.array(AttemptLine) }),
  },
  /** `captured`: what went over the wire is still in memory and can be saved. */
  readAttempt: {
    input: z.strictObject({ attempt: AttemptId }),
    output: z.strictObject({
      line: AttemptLine,
      endpoint: Endpoint,
      attempt: Attempt,
      verdict: Verdict,
      captured: z.boolean(),
    }),
  },
  watchEndpoint: { input: z.strictObject({ endpoint: EndpointId, watched: z.boolean() }), output: Endpoint },
  forgetEndpoint: { input: z.strictObject({ endpoint: EndpointId }), output: Nothing },
  /** Makes the last test of each endpoint once more, a few at a time; without a list, of all. */
  testEndpoints: {
    input: z.strictObject({ work: Work, endpoints: z.array(EndpointId).max(1000).optional() }),
    output: z.strictObject({ results: z.array(EndpointResult) }),
  },
  /** With an attempt also what they would do with that server. */
  forecast: {
    input: z.strictObject({ identity: Handle, attempt: AttemptId.optional() }),
    output: z.strictObject({ rows: z.array(ForecastRow) }),
  },
  /** An error text or log of any program in words; without an identity, by the text alone. */
  explainText: {
    input: z.strictObject({
      text: z.string().max(1024 * 1024),
      identity: Handle.nullable(),
      attempt: AttemptId.optional(),
    }),
    output: z.strictObject({ rows: z.array(Explanation) }),
  },
  saveTranscript: {
    input: z.strictObject({ attempt: AttemptId, as: TranscriptFormat }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  previewSupportBundle: { input: z.strictObject({ attempt: AttemptId }), output: SupportBundle },
  saveSupportBundle: {
    input: z.strictObject({ attempt: AttemptId }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  forgetBlanks: { input: z.strictObject({ identity: Handle }), output: Nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
