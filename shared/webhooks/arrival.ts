import { z } from 'zod'
import { ChainLink } from '../tls/attempt.ts'

/** `unchecked`: there is no secret to check by, or the provider signs nothing. */
export const SignatureState = z.enum(['good', 'missing', 'malformed', 'wrong', 'unchecked'])
export type SignatureState = z.infer<typeof SignatureState>

/** What was found about the signature of a body: `code` is stable, `says` one sentence. */
export const SignatureVerdict = z.strictObject({
  state: SignatureState,
  code: z.string(),
  says: z.string(),
  next: z.string().optional(),
})
export type SignatureVerdict = z.infer<typeof SignatureVerdict>

/** Names one arrival: they count up, and none is given twice. */
export const ArrivalId = z.number().int().min(1)

/** One line of the list. */
export const ArrivalRow = z.strictObject({
  id: ArrivalId,
  at: z.iso.datetime(),
  provider: z.string(),
  /** Address and port of the caller. */
  from: z.string(),
  /** `connection`: it ended before a request was read, mostly because it was refused. */
  kind: z.enum(['request', 'connection']),
  /** Would the caller be let in? */
  outcome: z.enum(['accepted', 'refused']),
  /** `ok`, or why not: `client.…`, `path.…`, `arrival.…`. */
  code: z.string(),
  /** One sentence. */
  says: z.string(),
  method: z.string().optional(),
  path: z.string().optional(),
  /** What it was answered. */
  status: z.number().int().optional(),
  bodyBytes: z.number().int().optional(),
  /** RFC 2253, of the certificate that was shown. */
  subject: z.string().optional(),
  signature: SignatureState.optional(),
})
export type ArrivalRow = z.infer<typeof ArrivalRow>

export const Arrival = ArrivalRow.extend({
  next: z.string().optional(),
  protocol: z.string().optional(),
  cipher: z.string().optional(),
  /** The name that was asked for (SNI). */
  serverName: z.string().optional(),
  /** The alert that ended it, whoever sent it. */
  alert: z.strictObject({ from: z.enum(['server', 'client']), number: z.number().int(), name: z.string() }).optional(),
  /** The certificates that were shown, the caller’s own first. */
  chain: z.array(ChainLink),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Names of headers whose value was not kept. */
  masked: z.array(z.string()),
  /** Text, or base64 where it is no UTF-8. */
  body: z.string(),
  bodyForm: z.enum(['text', 'base64']),
  /** More came than is kept. */
  bodyCut: z.boolean(),
  signed: SignatureVerdict.optional(),
})
export type Arrival = z.infer<typeof Arrival>

/** The row of an arrival, as lists show it. */
export function rowOf(arrival: Arrival): ArrivalRow {
  const { next, protocol, cipher, serverName, alert, chain, headers, masked, body, bodyForm, bodyCut, signed, ...row } =
    arrival
  return row
}
