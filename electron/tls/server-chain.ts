import { isIP, type Socket } from 'node:net'
import * as tls from 'node:tls'
import { toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { handshakeAlerts, plainFailures } from '../../shared/tls/failure-codes.ts'
import { type CauseCode, catalogue } from '../../shared/tls/failures.ts'
import { proxyNext } from '../../shared/tls/proxy-causes.ts'
import { serverCertificates } from '../../shared/tls/transcript.ts'
import { decodeTranscript } from '../../shared/tls/wire-reader.ts'
import { bareHost, dial, resolveHost } from './dial.ts'
import { alertIn, coded } from './failure.ts'
import { nodeCrypto } from './node-crypto.ts'
import type { HttpProxy } from './proxy-address.ts'
import { tunnelThrough } from './proxy-tunnel.ts'
import { Tee } from './tee.ts'

/** `host:port`, a host in brackets, or an https address. */
export type ServerAddress = { host: string; port: number; name: string }

const handshakeMs = 10_000

/** An address to look at, or null for what is none: a port is needed where there is no `https://`. */
export function readAddress(text: string): ServerAddress | null {
  const trimmed = text.trim()
  const isUrl = /^https:\/\//i.test(trimmed)
  if (!isUrl && !/^[^/\\\s@?#]+:\d{1,5}$/.test(trimmed)) return null
  const full = isUrl ? trimmed : `https://${trimmed}`
  const url = URL.canParse(full) ? new URL(full) : null
  if (!url?.hostname || url.username || url.password) return null
  const port = Number(url.port) || 443
  return { host: bareHost(url.hostname), port, name: `${url.hostname}:${port}` }
}

/**
 * The certificates that a server sends, in the order in which it sends them, as the handshake has them: the runtime's
 * own list is put in order, and completed. Trust is not asked for, no certificate is shown, nothing is requested. A
 * server that breaks off because it wants a certificate has sent its own by then, and they are answered. `wayTo` names
 * the proxy for an https address, or null for the direct way.
 */
export async function serverChain(
  text: string,
  signal: AbortSignal,
  wayTo: (url: string) => Promise<HttpProxy | null> = async () => null,
  timeoutMs = handshakeMs,
): Promise<Result<{ file: string; bytes: Uint8Array }>> {
  const address = readAddress(text)
  if (!address) return refuse({ code: 'address.invalid', address: text.trim().slice(0, 200) })
  const stop = new AbortController()
  const cancel = () => stop.abort(coded('ABORT_ERR', 'cancelled'))
  const timer = setTimeout(() => stop.abort(coded('ETIMEDOUT', 'no answer in time')), timeoutMs)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    const proxy = await wayTo(`https://${address.name}/`)
    const { certificates, error } = await handshake(address, proxy, stop.signal)
    if (certificates.length > 0) {
      const pem = certificates.map((der) => toPem('CERTIFICATE', der)).join('')
      return ok({ file: address.name, bytes: new TextEncoder().encode(pem) })
    }
    if (signal.aborted) return refuse({ code: 'app.cancelled' })
    return error === null
      ? refuse({ code: 'address.no-certificate', address: address.name })
      : unreached(address, error)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
  }
}

function unreached({ name }: ServerAddress, error: unknown): Result<never> {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code.startsWith('ERR_PROXY_')) {
    const next = proxyNext(code) ?? catalogue['net.proxy'].next
    const says = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
    return refuse({ code: 'address.unreached', address: name, says, next })
  }
  const alert = alertIn(error)
  const cause: CauseCode | undefined = plainFailures[code] ?? (alert && handshakeAlerts[alert.number])
  const { title, next } = catalogue[cause ?? (code === 'ECONNRESET' ? 'net.reset' : 'tls.failed')]
  return refuse({ code: 'address.unreached', address: name, says: `${title}.`, next })
}

/** Dials and shakes hands; whatever comes of it, the certificates that were seen are answered. */
async function handshake(
  { host, port }: ServerAddress,
  proxy: HttpProxy | null,
  signal: AbortSignal,
): Promise<{ certificates: Uint8Array[]; error: unknown }> {
  let raw: Socket
  try {
    raw = proxy
      ? await tunnelThrough(proxy, { host, port }, signal)
      : (await dial(await resolveHost(host, signal), port, signal)).socket
  } catch (error) {
    return { certificates: [], error }
  }
  const tee = new Tee(raw, () => performance.now())
  const keylog: string[] = []
  const error = await shake(tee, host, keylog, signal)
  const wire = { sent: tee.sent(), received: tee.received(), keylog }
  tee.destroy()
  return { certificates: serverCertificates(await decodeTranscript(wire, nodeCrypto)) ?? [], error }
}

function shake(tee: Tee, host: string, keylog: string[], signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      socket: tee,
      ...(isIP(host) ? {} : { servername: host }),
      // Nothing is sent to this server: what it shows is to be looked at, whatever it is.
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
    })
    const end = (error: unknown) => {
      signal.removeEventListener('abort', stop)
      socket.on('error', () => {})
      socket.destroy()
      resolve(error)
    }
    const stop = () => end(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    socket.on('keylog', (line) => keylog.push(line.toString('latin1')))
    socket.once('secureConnect', () => end(null))
    socket.once('error', end)
    socket.once('close', () => end(coded('ECONNRESET', 'closed')))
  })
}
