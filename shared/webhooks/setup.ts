import { z } from 'zod'
import { Handle } from '../identity.ts'

/** 1 to 65535; below 1024 most systems want an administrator. */
const Port = z.number().int().min(1).max(65535)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** No control characters: it goes into a header. */
const HeaderText = z
  .string()
  .max(200)
  .regex(/^[\t\x20-\x7e]*$/)

/** Whose certificate the listener shows. `practice`: of the practice provider, which nobody else trusts. */
export const ServerCertificate = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('practice') }),
  z.strictObject({ by: z.literal('authority'), authority: Handle }),
  z.strictObject({ by: z.literal('identity'), identity: Handle }),
])
export type ServerCertificate = z.infer<typeof ServerCertificate>

/**
 * Which client certificates are taken. `pem`: those below these CA certificates; revocation lists among them count.
 * `any`: whatever is shown is taken, to find out what a provider presents.
 */
export const Demand = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('practice') }),
  z.strictObject({ by: z.literal('authority'), authority: Handle }),
  z.strictObject({
    by: z.literal('pem'),
    name: z.string().max(255),
    pem: z
      .string()
      .min(1)
      .max(256 * 1024),
  }),
  z.strictObject({ by: z.literal('pin'), sha256: Sha256 }),
  z.strictObject({ by: z.literal('any') }),
])
export type Demand = z.infer<typeof Demand>

/** What an accepted call is answered. */
export const WebhookAnswer = z.strictObject({
  status: z.number().int().min(200).max(599),
  contentType: HeaderText,
  body: z.string().max(64 * 1024),
  delayMs: z.number().int().min(0).max(60_000),
})
export type WebhookAnswer = z.infer<typeof WebhookAnswer>

/** How a listener is set up, for one provider: kept, without its secret, in the vault. */
export const ListenerSetup = z.strictObject({
  provider: z.string().min(1).max(40),
  /** An IP address of this computer. */
  address: z.union([z.ipv4(), z.ipv6()]),
  port: Port,
  /** Names beside the address in the server certificate, where the provider calls by a name. */
  names: z.array(z.string().regex(/^[a-z0-9.-]{1,253}$/)).max(10),
  server: ServerCertificate,
  demand: Demand,
  /** The certificate also has to have this name, as common name or DNS name. Needed below a public CA, which signs for all. */
  clientName: z.string().max(253).optional(),
  /** Whoever is on the authority’s revocation list is refused; so are all once that list is outdated. */
  checkCrl: z.boolean(),
  /** Serves the authority’s list over plain http, on a loopback port of its own. */
  serveCrl: z.boolean(),
  /** `handshake`: the connection is broken off. `answer`: 400 with the reason, as nginx does. */
  refusal: z.enum(['handshake', 'answer']),
  minVersion: z.enum(['TLSv1.2', 'TLSv1.3']),
  /** Headers that look secret are kept as they came, instead of their length alone. */
  keepSecrets: z.boolean(),
  answer: WebhookAnswer,
})
export type ListenerSetup = z.infer<typeof ListenerSetup>

/** A listener for a provider before anybody has changed anything: on this computer only, with practice certificates. */
export const firstSetup = (provider: string): ListenerSetup => ({
  provider,
  address: '127.0.0.1',
  port: 9443,
  names: [],
  server: { by: 'practice' },
  demand: { by: 'practice' },
  checkCrl: false,
  serveCrl: false,
  refusal: 'answer',
  minVersion: 'TLSv1.2',
  keepSecrets: false,
  answer: { status: 200, contentType: 'application/json', body: '{"received":true}', delayMs: 0 },
})

export const isLoopback = (address: string): boolean => address === '::1' || /^127\./.test(address)

/** The origin to call a listener by, as in an address bar. */
export const listenerUrl = (address: string, port: number): string =>
  `https://${address.includes(':') ? `[${address}]` : address}:${port}`
