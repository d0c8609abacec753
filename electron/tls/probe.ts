import { isIP } from 'node:net'
import * as tls from 'node:tls'
import type { Attempt, Step, StepName } from '../../shared/tls/attempt.ts'
import { decodeTranscript } from '../../shared/tls/transcript.ts'
import { bareHost, dial, resolveHost } from './dial.ts'
import { answerTo, type Call, prepare } from './exchange.ts'
import { alertIn, coded, failureOf } from './failure.ts'
import { nodeCrypto } from './node-crypto.ts'
import { checkKinds } from './pair.ts'
import { answerStep, askedStep, failedStep, requestStep, sentStep, trustedStep } from './step-words.ts'
import { Steps } from './steps.ts'
import { Tee } from './tee.ts'
import { judgeServer, type Trust, trustedCertificates, trustOptions } from './trust.ts'
import { addWireFacts, type ClientSide } from './wire-facts.ts'

export type ProbeOptions = {
  url: string
  method: string
  headers: { name: string; value: string }[]
  body?: string
  /** The key in the clear, as PEM; it is used for this connection and kept nowhere. */
  identity: { certificatePem: string; chainPem: string[]; keyPem: string } | null
  trust: Trust
  /** For the whole attempt, from the name look-up to the last byte of the answer. */
  timeoutMs: number
  signal?: AbortSignal
  /** Called for each step as it happens, in the order of the list in the answer. */
  onStep?: (step: Step) => void
}

/**
 * One connection, told as facts: look up, connect, TLS, trust, what was asked for, what we sent, request, answer. Never
 * rejects. A handshake that stands proves nothing in TLS 1.3 (a refusal comes after it), so the attempt counts as
 * answered only when an answer was read; and no request is written to a server that is not trusted.
 */
export async function probe(options: ProbeOptions): Promise<Attempt> {
  return new Probe(options).run()
}

/** How long a TLS 1.3 server that asked for a certificate may think about ours before we send our request anyway. */
const hearOutMs = (roundTripMs: number) => Math.min(300, 20 + 2 * roundTripMs)

class Probe {
  private readonly options: ProbeOptions
  private readonly steps: Steps
  private readonly attempt: Attempt
  private readonly stop = new AbortController()
  private readonly keylog: string[] = []
  private during: StepName = 'resolve'
  private tee: Tee | undefined
  private socket: tls.TLSSocket | undefined
  private socketError: Error | undefined
  private heard: Promise<unknown> = Promise.resolve()

  constructor(options: ProbeOptions) {
    this.options = options
    this.steps = new Steps(options.onStep)
    const { trust } = options
    this.attempt = {
      url: options.url,
      startedAt: new Date().toISOString(),
      durationMs: 0,
      serverChain: [],
      acceptableAuthorities: [],
      signatureSchemes: [],
      certificateConfigured: options.identity !== null,
      ...('caPem' in trust
        ? { trustedAuthorities: trustedCertificates(trust.caPem).map(({ subject }) => subject) }
        : {}),
      http: null,
      steps: [],
    }
  }

  async run(): Promise<Attempt> {
    const { attempt, options, steps, stop } = this
    const cancel = () => stop.abort(coded('ABORT_ERR', 'the test was cancelled'))
    const late = () => stop.abort(coded('ETIMEDOUT', `nothing came within ${options.timeoutMs / 1000} s`))
    const timer = setTimeout(late, options.timeoutMs)
    options.signal?.addEventListener('abort', cancel, { once: true })
    if (options.signal?.aborted) cancel()
    let client: ClientSide | undefined
    try {
      client = await this.connectAndCall()
    } catch (thrown) {
      // The socket's own error names the alert; what HTTP makes of it is only "socket hang up".
      const error = stop.signal.aborted ? stop.signal.reason : (this.socketError ?? thrown)
      const secrets = [...options.headers.map((header) => header.value), options.body ?? '']
      attempt.failure = failureOf(error, this.during, secrets)
      attempt.alert = alertIn(error)
    } finally {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', cancel)
    }
    if (attempt.failure) {
      const facts = await this.readWire()
      if (this.during === 'response') steps.add('request', 'skipped', 'Not sent: the connection ended first')
      steps.add(this.during, 'failed', failedStep(attempt.failure, attempt.alert))
      if (facts) this.tellClientSteps(facts)
    } else if (client && attempt.certificateSent === undefined) {
      this.tellClientSteps((await this.readWire()) ?? client)
    }
    this.socket?.destroy()
    this.tee?.destroy()
    attempt.durationMs = steps.elapsedMs()
    attempt.steps = steps.finish()
    return attempt
  }

  private async connectAndCall(): Promise<ClientSide | undefined> {
    const { attempt, options, steps } = this
    const { signal } = this.stop
    const url = parseUrl(options.url)
    this.during = 'tls'
    if (options.identity) checkKinds(options.identity)
    // Made before the connection: a key that is not the certificate's shows here.
    const secureContext = this.secureContext()
    this.during = 'server-trust'
    // A TLS library takes a CA file without a certificate silently, and then trusts nobody.
    if (attempt.trustedAuthorities?.length === 0) throw coded('ERR_NO_TRUSTED_CERTIFICATE', 'it holds no certificate')

    this.during = 'resolve'
    steps.mark()
    const host = bareHost(url.hostname)
    const addresses = await resolveHost(host, signal)
    steps.add('resolve', 'done', isIP(host) ? 'The address is given as a number' : `${host} is ${addresses.join(', ')}`)

    this.during = 'connect'
    const port = Number(url.port) || 443
    const dialled = performance.now()
    const raw = await dial(addresses, port, signal)
    const roundTripMs = performance.now() - dialled
    attempt.address = raw.remoteAddress ?? addresses[0]
    steps.add('connect', 'done', `${attempt.address}, port ${port}`)

    this.during = 'tls'
    this.tee = new Tee(raw)
    const socket = await this.handshake(this.tee, host, secureContext)
    attempt.protocol = socket.getProtocol() ?? undefined
    attempt.cipher = socket.getCipher().standardName
    steps.add('tls', 'done', `${attempt.protocol}, ${attempt.cipher}`)

    this.during = 'server-trust'
    const distrust = judgeServer(socket, options.trust, host, Date.now())
    attempt.serverTrusted = distrust === null
    if (distrust !== null) throw coded(distrust, distrust.toLowerCase().replaceAll('_', ' '))
    const client = await this.readWire()
    steps.add('server-trust', 'done', trustedStep(attempt), false)
    if (client) this.tellClientSteps(client)

    this.during = 'request'
    const call: Call = { url, method: options.method, headers: options.headers, body: options.body }
    const prepared = prepare(socket, call)
    this.during = 'response'
    if (attempt.certificateAsked && attempt.protocol === 'TLSv1.3') {
      await this.untilStopped(Promise.race([this.heard, prepared.lost, sleep(hearOutMs(roundTripMs))]))
      // Refused while we listened: our request, and what is secret in it, stays here.
      if (this.socketError || socket.destroyed) throw coded('ECONNRESET', 'closed')
    }
    const sent = () => steps.add('request', 'done', requestStep(call))
    attempt.http = await this.untilStopped(answerTo(prepared, options.body, sent))
    // A server may answer before it has read the whole body.
    sent()
    steps.add('response', 'done', answerStep(attempt.http))
    return client
  }

  /** The work, or the reason to stop, whichever comes first; the connection's own end is one. */
  private untilStopped<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.stop
    return new Promise((resolve, reject) => {
      const end = () => {
        this.socket?.destroy()
        reject(signal.reason)
      }
      if (signal.aborted) return end()
      signal.addEventListener('abort', end, { once: true })
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
    })
  }

  private secureContext(): tls.SecureContext {
    const { identity, trust } = this.options
    const cert = identity && [identity.certificatePem, ...identity.chainPem].join('\n')
    return tls.createSecureContext({
      ...trustOptions(trust),
      ...(identity && cert ? { cert, key: identity.keyPem } : {}),
    })
  }

  private handshake(tee: Tee, host: string, secureContext: tls.SecureContext): Promise<tls.TLSSocket> {
    const ready = new Promise<tls.TLSSocket>((resolve, reject) => {
      const socket = tls.connect({
        socket: tee,
        host,
        ...(isIP(host) ? {} : { servername: host }),
        ALPNProtocols: ['http/1.1'],
        // The verdict is ours, before anything is written: a broken handshake would hide what the server asked for.
        rejectUnauthorized: false,
        secureContext,
      })
      this.socket = socket
      socket.on('keylog', (line) => this.keylog.push(line.toString('latin1')))
      socket.on('error', (error) => {
        this.socketError ??= error
        reject(error)
      })
      socket.once('secureConnect', () => resolve(socket))
      socket.once('close', () => reject(coded('ECONNRESET', 'closed')))
      // Most servers send a session ticket as soon as they have checked our certificate, or else an alert.
      this.heard = new Promise((tell) => {
        for (const event of ['session', 'error', 'close', 'end']) socket.once(event, tell)
      })
    })
    return this.untilStopped(ready)
  }

  /** Reads off the wire what the server asked for and what we answered. */
  private async readWire(): Promise<ClientSide | undefined> {
    const { attempt, keylog, tee } = this
    if (!tee) return undefined
    return addWireFacts(
      attempt,
      await decodeTranscript({ sent: tee.sent(), received: tee.received(), keylog }, nodeCrypto),
    )
  }

  private tellClientSteps({ certificateTypes, sentAbove }: ClientSide): void {
    const { attempt, steps } = this
    if (attempt.certificateAsked !== undefined) {
      steps.add('client-asked', 'done', askedStep(attempt, certificateTypes), false)
    }
    if (attempt.certificateSent !== undefined) steps.add('client-sent', 'done', sentStep(attempt, sentAbove), false)
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:' || !url.hostname || url.username || url.password) {
    throw coded('ERR_INVALID_URL', 'the address is not of the form https://host:port/path')
  }
  return url
}
