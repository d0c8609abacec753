import { z } from 'zod'

/** What is shown at a door, in the order of the table. */
export const DoorCase = z.enum([
  'none',
  'self-signed',
  'other-ca',
  'same-name-ca',
  'expired',
  'not-yet-valid',
  'server-only',
  'revoked',
  'other-subject',
  'right',
])
export type DoorCase = z.infer<typeof DoorCase>

export const DoorVersion = z.enum(['TLSv1.3', 'TLSv1.2'])
export type DoorVersion = z.infer<typeof DoorVersion>

/**
 * `shut` and `open` are of what must be refused, `lets-in` and `shuts-out` of the right one. `cannot-tell`: it was tried,
 * and what came back says neither. `not-tried`: no such certificate is at hand, or the server lacks that version.
 */
export const DoorVerdict = z.enum(['shut', 'open', 'lets-in', 'shuts-out', 'cannot-tell', 'not-tried'])
export type DoorVerdict = z.infer<typeof DoorVerdict>

/** What was seen of one connection, without a judgement. */
export const DoorSeen = z.strictObject({
  kind: z.enum(['answered', 'alert', 'closed', 'timed-out', 'version', 'withheld', 'asks-later', 'failed']),
  /** One line: `HTTP 400 Bad Request`, `unknown_ca, alert 48`. */
  says: z.string(),
  /** Did the server send a CertificateRequest? Absent when it could not be seen. */
  asked: z.boolean().optional(),
  status: z.number().int().optional(),
  alert: z.number().int().optional(),
  /** The answer's own words blame the certificate, as nginx's pages of status 400 do. */
  blames: z.boolean().optional(),
  /** Where a redirect leads to, without its query. */
  location: z.string().optional(),
})
export type DoorSeen = z.infer<typeof DoorSeen>

/** What was presented. Names are RFC 2253. */
export const DoorCertificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
})
export type DoorCertificate = z.infer<typeof DoorCertificate>

export const DoorRow = z.strictObject({
  case: DoorCase,
  version: DoorVersion,
  state: z.enum(['waiting', 'running', 'done']),
  expected: z.enum(['refused', 'let-in']),
  verdict: DoorVerdict.optional(),
  /** Why this verdict, in a sentence. */
  because: z.string().optional(),
  seen: DoorSeen.optional(),
  presented: DoorCertificate.optional(),
  at: z.iso.datetime().optional(),
  tookMs: z.number().optional(),
})
export type DoorRow = z.infer<typeof DoorRow>

export const DoorReport = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f-]{36}$/),
  /** Without query and credentials: those may be secret. */
  url: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  connections: z.number().int(),
  cancelled: z.boolean(),
  outcome: z.enum(['shut', 'open', 'shuts-out', 'cannot-tell']),
  /** One sentence. */
  title: z.string(),
  /** What to do about it, one sentence each. */
  next: z.array(z.string()),
  server: z.strictObject({ subject: z.string(), sha256: z.string(), notAfter: z.string() }).optional(),
  rows: z.array(DoorRow).max(30),
})
export type DoorReport = z.infer<typeof DoorReport>

/** One connection at a time, and never more than this in one check. */
export const mostDoorConnections = 30
