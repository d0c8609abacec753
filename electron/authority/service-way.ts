import { isIP, type Socket } from 'node:net'
import * as tls from 'node:tls'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { decidedProxy } from '../policy/govern.ts'
import { policyInForce } from '../policy/in-force.ts'
import { brokenPolicy } from '../policy/refusals.ts'
import { readProxy } from '../tls/proxy-address.ts'
import { tunnelThrough } from '../tls/proxy-tunnel.ts'
import { isLoopback } from './service-address.ts'

type Connect = (options: unknown, done: (error: Error | null, socket: Socket) => void) => undefined

/**
 * The way to a signing service: straight, unless a policy decides a proxy. Answers what makes the connection then, null
 * for the straight way. `secure` is what TLS needs, null for plain HTTP.
 */
export function serviceWay(
  url: URL,
  secure: tls.ConnectionOptions | null,
  signal: AbortSignal,
): Result<Connect | null> {
  if (isLoopback(url.hostname)) return ok(null)
  const state = policyInForce()
  const broken = brokenPolicy(state, 'proxy')
  if (broken) return refuse(broken)
  const decided = decidedProxy(state)
  const proxy = decided?.by === 'address' ? readProxy(decided.url) : null
  if (!proxy) return ok(null)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const target = { host, port: Number(url.port) || (secure ? 443 : 80) }
  const connect: Connect = (_, done) => {
    tunnelThrough(proxy, target, signal).then(
      (socket) => {
        // A tunnel hands its socket over at rest. Servers of HTTP do not speak first, so nothing is lost.
        if (!secure) socket.resume()
        done(null, secure ? overTls(socket, host, secure) : socket)
      },
      (error: Error) => done(error, null as unknown as Socket),
    )
    return undefined
  }
  return ok(connect)
}

/** Requests wait for the handshake of a TLS socket by themselves. */
const overTls = (socket: Socket, host: string, secure: tls.ConnectionOptions): Socket =>
  tls.connect({ ...secure, socket, host, ...(isIP(host) === 0 && { servername: host }) })
