import { z } from 'zod'
import { type WishRule, wishRules } from './wish-rules.ts'

/** Servers that configurations are written for, in the order in which they are offered. */
// Marked pure so that a page which only wants the names is built without zod.
export const ServerKind = /* @__PURE__ */ z.enum([
  'nginx',
  'apache',
  'haproxy',
  'envoy',
  'caddy',
  'node',
  'express',
  'fastify',
  'spring-boot',
  'go',
  'ingress-nginx',
  'aws-alb',
  'aws-api-gateway',
])
export type ServerKind = z.infer<typeof ServerKind>

const ruled = (rule: WishRule) => z.string().regex(wishRules[rule].pattern, wishRules[rule].says)
const FilePath = ruled('path')
const HostName = ruled('host')
const HeaderName = ruled('header')
const hex = (octets: number) => z.string().regex(new RegExp(`^[0-9a-f]{${octets * 2}}$`))

/** The one caller that is let in, out of all that the authority has issued: by its name, or exactly this certificate. */
export const ServerPin = z.discriminatedUnion('by', [
  /** The common name, or a DNS name among the subject alternative names, where the server can look there. */
  z.strictObject({ by: z.literal('name'), name: HostName }),
  /** Lower-case hex; `serial` without leading zeros, as in the certificate. Servers differ in what they can compare. */
  z.strictObject({
    by: z.literal('certificate'),
    sha256: hex(32),
    sha1: hex(20),
    serial: z.string().regex(/^[0-9a-f]{1,40}$/),
  }),
])
export type ServerPin = z.infer<typeof ServerPin>

export const ServerWish = z.strictObject({
  /** What callers call, and its port. */
  host: HostName,
  port: z.number().int().min(1).max(65535),
  /** Listen on this address alone; on all of them without it. */
  address: z.union([z.ipv4(), z.ipv6()]).optional(),
  certificate: FilePath,
  key: FilePath,
  /** The authorities that clients' certificates come from, up to the root. */
  clientCa: FilePath,
  crl: FilePath.optional(),
  /** Certificates between a client's and the root: 0 where the root issues them itself. */
  depth: z.number().int().min(0).max(9),
  pin: ServerPin.optional(),
  /** Where the application listens, for servers that stand before one. */
  upstream: ruled('upstream'),
  /** Under which names the application finds who called. */
  headers: z.strictObject({ subject: HeaderName, fingerprint: HeaderName, certificate: HeaderName }),
  /** Who calls, and whose authority its certificate comes from; for the comments. */
  caller: z.strictObject({ name: z.string().min(1).max(80), presents: z.enum(['provider', 'you']) }).optional(),
})
export type ServerWish = z.infer<typeof ServerWish>
