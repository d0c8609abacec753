import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import * as tls from 'node:tls'
import type { WebhookSignature } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { alertName } from '../../shared/tls/registry.ts'
import type { Arrival } from '../../shared/webhooks/arrival.ts'
import { alertFor, type ClientDemand, type ClientVerdict, judgeClient } from '../../shared/webhooks/client-verdict.ts'
import type { WebhookAnswer } from '../../shared/webhooks/setup.ts'
import { listenerUrl } from '../../shared/webhooks/setup.ts'
import { codeOf } from '../files.ts'
import { chainLinks } from '../tls/chain-links.ts'
import { clientSigalgs } from '../tls/client-sigalgs.ts'
import { type Shown, shakeHandsAsServer } from './handshake.ts'
import { takeRequest } from './request.ts'

export type ListenerOptions = {
  provider: string
  address: string
  /** 0 takes a free one. */
  port: number
  /** PEM: certificate with its chain, and the key in the clear, for as long as it listens. */
  server: { cert: string; key: string; name: string }
  demand: ClientDemand | (() => Promise<ClientDemand>)
  /** PEM of the authorities that are named to clients; none where one certificate is pinned. */
  acceptable: string[]
  signature?: { rule: WebhookSignature; secret?: string }
  refusal: 'handshake' | 'answer'
  minVersion: 'TLSv1.2' | 'TLSv1.3'
  keepSecrets: boolean
  answer: WebhookAnswer
  now: () => Date
  onArrival(arrival: NewArrival): void
}

export type NewArrival = Omit<Arrival, 'id'>

export type Listener = {
  address: string
  port: number
  url: string
  setAnswer(answer: WebhookAnswer): void
  close(): Promise<void>
}

const handshakeMs = 10_000
/** Longer than the longest delay of an answer. */
const idleMs = 90_000
const longestMs = 10 * 60_000
const mostConnections = 128

/** A connection that stands: what it showed, and what we make of it. */
type Guest = { from: string; shown: Shown; verdict: ClientVerdict; asked: boolean }

/**
 * An mTLS server whose verdict on client certificates is ours, with its reason, instead of a TLS library's. Every
 * connection becomes an arrival: a request, or why there was none. Bounded in connections, times, headers and bodies.
 */
export async function startListener(options: ListenerOptions): Promise<Result<Listener>> {
  const { server, acceptable, minVersion } = options
  let secureContext: tls.SecureContext
  try {
    const ca = acceptable.length > 0 ? { ca: acceptable } : {}
    secureContext = tls.createSecureContext({
      cert: server.cert,
      key: server.key,
      ...ca,
      minVersion,
      sigalgs: clientSigalgs,
    })
  } catch {
    return refuse({ code: 'listener.certificate-unusable', name: server.name })
  }
  // The key goes on living in the context alone.
  const { server: _, ...rest } = options
  const listening = new Listening(rest, secureContext)
  const problem = await listening.open()
  return problem ? refuse(problem) : ok(listening)
}

class Listening implements Listener {
  private readonly options: Omit<ListenerOptions, 'server'>
  private readonly secureContext: tls.SecureContext
  private readonly server: Server
  private readonly http = createHttpServer({ maxHeaderSize: 32 * 1024, keepAliveTimeout: 5000 })
  private readonly sockets = new Set<Socket>()
  private readonly guests = new WeakMap<object, Guest>()
  private answer: WebhookAnswer
  private secretProven = false

  constructor(options: Omit<ListenerOptions, 'server'>, secureContext: tls.SecureContext) {
    this.options = options
    this.secureContext = secureContext
    this.answer = options.answer
    this.server = createServer((socket) => void this.connection(socket))
    this.server.maxConnections = mostConnections
    this.http.on('request', (message, response) => void this.request(message, response))
    this.http.on('clientError', (_, socket) => this.notHttp(socket))
  }

  get address(): string {
    return this.options.address
  }

  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? this.options.port
  }

  get url(): string {
    return listenerUrl(this.address, this.port)
  }

  setAnswer(answer: WebhookAnswer): void {
    this.answer = answer
  }

  open() {
    const { address, port } = this.options
    return new Promise<Parameters<typeof refuse>[0] | null>((resolve, reject) => {
      this.server.once('error', (error) => {
        const code = codeOf(error)
        if (code === 'EADDRINUSE') resolve({ code: 'listener.port-taken', address, port })
        else if (code === 'EACCES') resolve({ code: 'listener.port-forbidden', port })
        else if (code === 'EADDRNOTAVAIL') resolve({ code: 'listener.address-gone', address })
        else reject(error)
      })
      this.server.listen(port, address, () => resolve(null))
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve())
      for (const socket of this.sockets) socket.destroy()
    })
  }

  private async connection(raw: Socket): Promise<void> {
    const at = this.options.now().toISOString()
    const from = `${raw.remoteAddress ?? '?'}:${raw.remotePort ?? 0}`
    this.sockets.add(raw)
    raw.on('error', () => undefined)
    raw.setNoDelay(true)
    raw.setTimeout(idleMs, () => raw.destroy())
    const over = setTimeout(() => raw.destroy(), longestMs)
    raw.once('close', () => {
      clearTimeout(over)
      this.sockets.delete(raw)
    })
    const { demand, minVersion, refusal, now } = this.options
    const end = await shakeHandsAsServer(raw, {
      secureContext: this.secureContext,
      minVersion,
      refuseWithout: refusal === 'handshake',
      deadlineMs: handshakeMs,
    })
    if (!end.stands) {
      const { code, says, next } = end.why
      return this.tell({ at, from, shown: end.shown, outcome: 'refused', code, says, next })
    }
    const asked = typeof demand === 'function' ? await demand() : demand
    const verdict = await judgeClient(end.shown.chain, asked, now())
    const guest: Guest = { from, shown: end.shown, verdict, asked: false }
    if (!verdict.accepted && refusal === 'handshake') {
      const number = alertFor(verdict.code)
      const told = await end.refuse(number)
      const alert = { from: 'server' as const, number, name: alertName(number) }
      const shown = told ? { ...guest.shown, alert } : guest.shown
      return this.tell({ ...guest, shown, at, outcome: 'refused', ...verdict })
    }
    const left = () => {
      if (guest.asked) return
      const outcome = verdict.accepted ? 'accepted' : 'refused'
      const says = verdict.accepted ? `${verdict.says} It shook hands and sent no request.` : verdict.says
      this.tell({ ...guest, at, outcome, code: verdict.accepted ? 'arrival.no-request' : verdict.code, says })
    }
    if (end.socket.destroyed) return left()
    this.guests.set(end.socket, guest)
    end.socket.once('close', left)
    this.http.emit('connection', end.socket)
  }

  private async request(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const guest = this.guests.get(message.socket)
    if (!guest) return void message.socket.destroy()
    response.on('error', () => undefined)
    guest.asked = true
    const { provider, signature, keepSecrets, now } = this.options
    const at = now().toISOString()
    const { from, shown, verdict } = guest
    const taken = await takeRequest(message, { signature, secretProven: this.secretProven, keepSecrets })
    if (taken.signed?.state === 'good') this.secretProven = true
    const answer = verdict.accepted ? this.answer : refusedAnswer(verdict)
    const status = taken.tooLarge ? 413 : answer.status
    this.options.onArrival({
      ...factsOf(shown),
      ...taken.request,
      at,
      provider,
      from,
      kind: 'request',
      outcome: verdict.accepted ? 'accepted' : 'refused',
      code: verdict.code,
      says: verdict.says,
      ...(verdict.next !== undefined && { next: verdict.next }),
      ...(taken.signed && { signature: taken.signed.state, signed: taken.signed }),
      ...(taken.cut ? {} : { status }),
    })
    if (taken.cut) return
    if (answer.delayMs > 0) await new Promise((resume) => setTimeout(resume, answer.delayMs))
    send(message, response, taken.tooLarge ? tooLarge : answer)
  }

  private notHttp(socket: object & { destroy(): unknown }): void {
    const guest = this.guests.get(socket)
    if (guest && !guest.asked) {
      guest.asked = true
      const says = 'What came after the handshake was no HTTP request.'
      const next = 'Check by which protocol the caller speaks; the listener speaks HTTP/1.1.'
      this.tell({
        ...guest,
        at: this.options.now().toISOString(),
        outcome: 'refused',
        code: 'arrival.bad-http',
        says,
        next,
      })
    }
    socket.destroy()
  }

  private tell(end: Pick<Arrival, 'at' | 'from' | 'outcome' | 'code' | 'says' | 'next'> & { shown: Shown }): void {
    const { at, from, outcome, code, says, next } = end
    this.options.onArrival({
      ...factsOf(end.shown),
      at,
      provider: this.options.provider,
      from,
      kind: 'connection',
      outcome,
      code,
      says,
      ...(next !== undefined && { next }),
      headers: [],
      masked: [],
      body: '',
      bodyForm: 'text',
      bodyCut: false,
    })
  }
}

function factsOf({ chain, ...shown }: Shown) {
  const links = chainLinks(chain)
  const subject = links[0]?.subject
  return { ...shown, chain: links, ...(subject !== undefined && { subject }) }
}

/** Under nginx’s two titles, because clients and their logs are known to understand these; then the reason itself. */
const refusedAnswer = ({ code, says }: ClientVerdict): WebhookAnswer => ({
  status: 400,
  contentType: 'text/plain; charset=utf-8',
  body: `${code === 'client.none-shown' ? 'No required SSL certificate was sent' : 'The SSL certificate error'}\n${says}\n`,
  delayMs: 0,
})

const tooLarge: WebhookAnswer = {
  status: 413,
  contentType: 'text/plain; charset=utf-8',
  body: 'The body is larger than 1 MiB.\n',
  delayMs: 0,
}

function send(message: IncomingMessage, response: ServerResponse, { status, contentType, body }: WebhookAnswer): void {
  if (response.destroyed || message.socket.destroyed) return
  const bytes = Buffer.from(body)
  const close = status === 413 || status === 400
  response.writeHead(status, {
    ...(contentType !== '' && bytes.length > 0 && { 'content-type': contentType }),
    ...(close && { connection: 'close' }),
    ...(status !== 204 && status !== 304 && { 'content-length': bytes.length }),
  })
  const bodiless = message.method === 'HEAD' || status === 204 || status === 304
  response.end(bodiless ? undefined : bytes)
}
