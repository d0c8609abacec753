import { z } from 'zod'
import { Handle } from '../identity.ts'
import { Attempt, ChainLink, Verdict } from '../tls/attempt.ts'
import { Arrival, ArrivalId, ArrivalRow } from '../webhooks/arrival.ts'
import { ListenerState } from '../webhooks/listener-state.ts'
import { ListenerSetup, WebhookAnswer } from '../webhooks/setup.ts'
import { Nothing, Work } from './inputs.ts'

const Provider = z.string().min(1).max(40)
const Url = z.string().min(1).max(2048)
const Secret = z.string().min(1).max(1024)
const Header = z.strictObject({ name: z.string().min(1).max(200), value: z.string().max(8192) })
const Method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
const Body = z.string().max(1024 * 1024)

/** An address of this computer that can be listened on. */
export const ListenerAddress = z.strictObject({
  address: z.string(),
  /** The network interface. */
  name: z.string(),
  kind: z.enum(['loopback', 'network']),
})

/** Whom a call trusts at the other end. `listener`: the running listener’s own authority. */
export const CallTrust = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('listener') }),
  z.strictObject({ by: z.literal('system') }),
  z.strictObject({ by: z.literal('authority'), authority: Handle }),
  z.strictObject({
    by: z.literal('pem'),
    pem: z
      .string()
      .min(1)
      .max(256 * 1024),
  }),
  z.strictObject({ by: z.literal('once'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
])
export type CallTrust = z.infer<typeof CallTrust>

const Made = z.strictObject({
  attempt: Attempt,
  verdict: Verdict,
  /** The certificate that was presented, with its issuers. */
  presented: z.array(ChainLink),
  /** As they were sent, secrets of the vault left out. */
  headers: z.array(Header),
})
export type MadeCall = z.infer<typeof Made>

/** The listener, what arrives at it, and calls of the same kind made by the app itself. */
export const listenerCalls = {
  /** How webhooks of a provider were listened to last, or a first proposal. */
  readListenerSetup: {
    input: z.strictObject({ provider: Provider }),
    output: z.strictObject({
      setup: ListenerSetup,
      hasSecret: z.boolean(),
      addresses: z.array(ListenerAddress).max(100),
    }),
  },
  /** `secret`: what webhooks are signed with, kept sealed for this provider; null forgets it, absent leaves it. */
  startListener: {
    input: z.strictObject({ setup: ListenerSetup, secret: Secret.nullable().optional() }),
    output: ListenerState,
  },
  stopListener: { input: Nothing, output: ListenerState },
  /** For the running listener at once, and for the next start. */
  changeWebhookAnswer: {
    input: z.strictObject({ provider: Provider, answer: WebhookAnswer }),
    output: ListenerState,
  },
  /** A provider’s CA, or the one certificate to pin, from a file; `null` when the dialog was closed. */
  chooseClientCa: {
    input: Nothing,
    output: z.strictObject({
      chosen: z
        .strictObject({
          name: z.string(),
          pem: z.string(),
          certificates: z
            .array(z.strictObject({ subject: z.string(), sha256: z.string(), notAfter: z.string(), isCa: z.boolean() }))
            .max(500),
          lists: z.number().int(),
        })
        .nullable(),
    }),
  },

  /** Rows after a number, oldest first. `first` is the oldest that is still kept. */
  listArrivals: {
    input: z.strictObject({ after: z.number().int().min(0), most: z.number().int().min(1).max(1000) }),
    output: z.strictObject({
      rows: z.array(ArrivalRow).max(1000),
      first: z.number().int(),
      last: z.number().int(),
      count: z.number().int(),
      more: z.boolean(),
    }),
  },
  readArrival: { input: z.strictObject({ arrival: ArrivalId }), output: Arrival },
  clearArrivals: { input: Nothing, output: Nothing },
  /** A folder for each: the request as JSON, its headers, its body, and the curl line that makes it again. */
  saveArrivals: {
    input: z.strictObject({ arrivals: z.array(ArrivalId).min(1).max(500) }),
    output: z.strictObject({ saved: z.string().nullable(), count: z.number().int() }),
  },
  /** Sends an arrival once more, to another address; main asks, naming the host. Values that were not kept are left out. */
  replayArrival: {
    input: z.strictObject({
      work: Work,
      arrival: ArrivalId,
      url: Url,
      identity: Handle.nullable(),
      trust: CallTrust,
    }),
    output: Made,
  },

  /** Calls an endpoint as a provider would. `call` is the id of one of its `callsYou`. */
  playProvider: {
    input: z.strictObject({
      work: Work,
      provider: Provider,
      call: z.string().max(40),
      url: Url,
      /** A throw-away certificate of the practice provider, or one that an authority of one’s own issues for it. */
      certificate: z.discriminatedUnion('by', [
        z.strictObject({ by: z.literal('practice') }),
        z.strictObject({ by: z.literal('authority'), authority: Handle }),
        z.strictObject({ by: z.literal('none') }),
      ]),
      method: Method,
      headers: z.array(Header).max(60),
      body: Body,
      /** `kept` signs with what the listener of this provider has; absent signs nothing. */
      sign: z
        .discriminatedUnion('with', [
          z.strictObject({ with: z.literal('kept') }),
          z.strictObject({ with: z.literal('secret'), secret: Secret }),
        ])
        .optional(),
      trust: CallTrust,
    }),
    output: Made,
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
