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

/**
 * `unproven`: an answer was read and nobody refused, but it says nothing about the certificate that was given: none was
 * asked for, ours stayed here, or anybody gets such an answer.
 */
export const Outcome = z.enum(['accepted', 'refused', 'unproven', 'unreachable'])
export type Outcome = z.infer<typeof Outcome>

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

/**
 * One message of the handshake, decoded for reading: `fields` in the order of the encoding, each with its lines. `atMs`
 * is when its last byte passed, since the start of the attempt.
 */
export const HandshakeStep = z.strictObject({
  from: z.enum(['server', 'client']),
  name: z.string(),
  /** One line in plain words: `asks for a certificate of 3 authorities`. */
  says: z.string(),
  atMs: z.number().optional(),
  /** It was encrypted on the wire and opened with the key log. */
  encrypted: z.boolean(),
  bytes: z.number().int(),
  fields: z.array(z.strictObject({ name: z.string(), value: z.array(z.string()) })),
})
export type HandshakeStep = z.infer<typeof HandshakeStep>

/** Without user and password: attempts and settings carry it, and neither may hold a secret. */
const ProxyAddress = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^[^@\s]+$/)

/** `system` is the proxy that the operating system, or on the command line the environment, names for an address. */
export const ProxyChoice = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none') }),
  z.strictObject({ by: z.literal('system') }),
  z.strictObject({ by: z.literal('address'), url: ProxyAddress }),
])
export type ProxyChoice = z.infer<typeof ProxyChoice>

/** What was chosen for a connection besides its address; what is absent was left to the defaults. */
export const ConnectionOptions = z.strictObject({
  /** Where to connect to in place of the host of the address: an IP address or a name. */
  connectTo: z
    .strictObject({ host: z.string().min(1).max(255), port: z.number().int().min(1).max(65535).optional() })
    .optional(),
  /** The name in SNI, and the one the server’s certificate is checked for; `null` sends no SNI. */
  serverName: z.string().min(1).max(255).nullable().optional(),
  minVersion: z.enum(['TLSv1.2', 'TLSv1.3']).optional(),
  maxVersion: z.enum(['TLSv1.2', 'TLSv1.3']).optional(),
  family: z.union([z.literal(4), z.literal(6)]).optional(),
  alpn: z
    .array(z.enum(['http/1.1', 'h2']))
    .max(2)
    .optional(),
  proxy: ProxyChoice.optional(),
})
export type ConnectionOptions = z.infer<typeof ConnectionOptions>

/**
 * A further connection made after a refusal, to tell causes apart that look alike from one attempt. At most six are made;
 * none carries the request’s headers or body.
 */
export const ProbeResult = z.strictObject({
  probe: z.enum([
    'without-certificate',
    'with-intermediates',
    'without-intermediates',
    'tls-1.2',
    'tls-1.3',
    'without-sni',
    'other-identity',
  ]),
  /** What was tried, in plain words, such as the name of the other identity. */
  tried: z.string(),
  outcome: Outcome,
  /** What came back, in one line. */
  saw: z.string(),
  certificateAsked: z.boolean().optional(),
  alert: z.number().int().optional(),
  status: z.number().int().optional(),
  /** `other-identity`: was it issued by the same key as the identity tested, by one of the same name, or by another? */
  authority: z.enum(['same-key', 'same-name', 'other']).optional(),
  tookMs: z.number(),
})
export type ProbeResult = z.infer<typeof ProbeResult>

/** One line of the running list of further connections; `result` comes with `done`. */
export const ProbeRun = z.strictObject({
  probe: ProbeResult.shape.probe,
  tried: z.string(),
  state: z.enum(['waiting', 'running', 'done']),
  result: ProbeResult.optional(),
})
export type ProbeRun = z.infer<typeof ProbeRun>

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
  /** It asked again: by a request after the handshake (TLS 1.3) or by another handshake (TLS 1.2). */
  certificateAskedLater: z.boolean().optional(),
  /** Names of authorities it accepts; empty when it names none. */
  acceptableAuthorities: z.array(z.string()),
  /** Signature schemes it accepts (`rsa_pss_rsae_sha256` …). */
  signatureSchemes: z.array(z.string()),
  /** Did our Certificate message hold a certificate? Absent when it could not be seen. */
  certificateSent: z.boolean().optional(),
  /**
   * How many certificates went above ours. It may be more than were given with it: TLS libraries add issuers that they
   * find among what is trusted.
   */
  issuersSent: z.number().int().optional(),
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
  /** What was decoded of the handshake, in the order it happened. */
  messages: z.array(HandshakeStep).optional(),
  /** The application protocol that was agreed on (ALPN). */
  alpn: z.string().optional(),
  /** The proxy that was gone through, without credentials. */
  proxy: z.string().optional(),
  /** SHA-256 of the server’s certificate, when it was accepted by that alone and for this attempt only. */
  trustedOnce: z.string().optional(),
  options: ConnectionOptions.optional(),
})
export type Attempt = z.infer<typeof Attempt>

export const Cause = z.strictObject({
  /** Stable code such as `client.none-sent`. */
  code: z.string(),
  /** Evidence in plain words. */
  because: z.string(),
  /** What speaks for it and what against it, one sentence each; `because` is the first that speaks for it. */
  for: z.array(z.string()).optional(),
  against: z.array(z.string()).optional(),
  /** `proven`: it was seen, or a further connection shows it; `likely`: something speaks for it; `possible`: nothing speaks against it. */
  certainty: z.enum(['proven', 'likely', 'possible']).optional(),
  next: z.string().optional(),
})

export const Verdict = z.strictObject({
  outcome: Outcome,
  /** One sentence for the top of the screen. */
  title: z.string(),
  /** The first cause's code; `ok` when accepted. */
  cause: z.string(),
  causes: z.array(Cause),
  next: z.string().optional(),
  /** Further connections that were made to tell the causes apart. */
  probes: z.array(ProbeResult).optional(),
})
export type Verdict = z.infer<typeof Verdict>
