import { z } from 'zod'

/** In the order in which they happen and are shown. */
export const StepName = z.enum([
  'resolve',
  'connect',
  'tls',
  'server-trust',
  'client-asked',
  'client-sent',
  'request',
  'response',
])
export type StepName = z.infer<typeof StepName>

export const Step = z.strictObject({
  name: StepName,
  state: z.enum(['done', 'failed', 'skipped']),
  atMs: z.number(),
  tookMs: z.number().optional(),
  /** One line in plain words: `TLSv1.3, TLS_AES_256_GCM_SHA384`. */
  says: z.string(),
})
export type Step = z.infer<typeof Step>

export const ChainLink = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
  pem: z.string(),
})

/** One connection as it happened: facts only, no judgement. Times in milliseconds since the start of the attempt. */
export const Attempt = z.strictObject({
  url: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  address: z.string().optional(),
  protocol: z.string().optional(),
  cipher: z.string().optional(),
  serverChain: z.array(ChainLink),
  serverTrusted: z.boolean().optional(),
  /** Names of the authorities given to trust here; absent when this computer's roots were used. */
  trustedAuthorities: z.array(z.string()).optional(),
  /** Did the server send a CertificateRequest? Absent when it could not be seen. */
  certificateAsked: z.boolean().optional(),
  /** Names of authorities it accepts; empty when it names none. */
  acceptableAuthorities: z.array(z.string()),
  /** Signature schemes it accepts (`rsa_pss_rsae_sha256` …). */
  signatureSchemes: z.array(z.string()),
  /** Did our Certificate message hold a certificate? Absent when it could not be seen. */
  certificateSent: z.boolean().optional(),
  /** A certificate was configured for this attempt. */
  certificateConfigured: z.boolean(),
  alert: z.strictObject({ from: z.enum(['server', 'client']), number: z.number().int(), name: z.string() }).optional(),
  /** Where and how it ended when no answer was read: Node's or BoringSSL's code, cleaned of pointers and paths. */
  failure: z.strictObject({ during: StepName, code: z.string(), text: z.string() }).optional(),
  http: z
    .strictObject({
      status: z.number().int(),
      statusText: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      body: z.string(),
      bodyBytes: z.number().int(),
      truncated: z.boolean(),
    })
    .nullable(),
  steps: z.array(Step),
})
export type Attempt = z.infer<typeof Attempt>

export const Cause = z.strictObject({
  /** Stable code such as `client.none-sent`. */
  code: z.string(),
  /** Evidence in plain words. */
  because: z.string(),
  next: z.string().optional(),
})

export const Verdict = z.strictObject({
  outcome: z.enum(['accepted', 'refused', 'unreachable']),
  /** One sentence for the top of the screen. */
  title: z.string(),
  /** The first cause's code; `ok` when accepted. */
  cause: z.string(),
  causes: z.array(Cause),
  next: z.string().optional(),
})
export type Verdict = z.infer<typeof Verdict>
