import type { Attempt } from '../../shared/tls/attempt.ts'
import { HandshakeTeller } from '../../shared/tls/handshake-steps.ts'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import type { Transcript } from '../../shared/tls/transcript.ts'
import { WireReader } from '../../shared/tls/wire-reader.ts'
import type { HttpAnswer } from './answer-body.ts'
import { fingerprint } from './chain-links.ts'
import { type Handshake, secureContextFor, shakeHands } from './client-handshake.ts'
import type { Tried } from './dial.ts'
import { answerTo, prepare } from './exchange.ts'
import { alertIn, coded, failureOf } from './failure.ts'
import { nodeCrypto } from './node-crypto.ts'
import { checkKinds } from './pair.ts'
import { type ProbeOptions, targetOf } from './probe-options.ts'
import { endsOf, reach } from './reach.ts'
import type { Call } from './request-headers.ts'
import { answerStep, askedStep, failedStep, requestStep, sentStep, tlsStep, trustedStep } from './step-words.ts'
import { Steps } from './steps.ts'
import { Tee } from './tee.ts'
import { judgeServer, trustedCertificates } from './trust.ts'
import { addHandshake, addWireFacts, type ClientSide } from './wire-facts.ts'

export type { ProbeOptions } from './probe-options.ts'

/**
 * One connection, told as facts: look up, connect, TLS, trust, what was asked for, what we sent, request, answer. Never
 * rejects. A handshake that stands proves nothing in TLS 1.3 (a refusal comes after it), so the attempt counts as
 * answered only when an answer was read; and no request is written to a server that is not trusted.
 */
export async function probe(options: ProbeOptions): Promise<Attempt> {
  return (await recordedProbe(options)).attempt
}

/** The same, with the bytes that passed and the key log that opens them; null when nothing passed. */
export async function recordedProbe(options: ProbeOptions): Promise<{ attempt: Attempt; wire: RecordedWire | null }> {
  const run = new Probe(options)
  const attempt = await run.run()
  return { attempt, wire: run.recorded() }
}

/**
 * How long a TLS 1.3 server that asked for a certificate may think about ours before we send our request anyway: most
 * tell sooner, by a session ticket or an alert. Its word takes the way that the handshake took.
 */
const hearOutMs = (handshakeMs: number) => Math.min(2000, 20 + 2 * handshakeMs)

class Probe {
  private readonly options: ProbeOptions
  private readonly steps: Steps
  private readonly attempt: Attempt
  private readonly stop = new AbortController()
  private readonly reader = new WireReader(nodeCrypto)
  private readonly teller = new HandshakeTeller(fingerprint)
  private ends: Pick<RecordedWire, 'local' | 'remote'> | undefined
  private tee: Tee | undefined
  private handshake: Handshake | undefined
  /** Addresses that were tried in vain. */
  private tried: Tried[] = []
  /** The head of an answer is there: from now on running out of time only cuts its body. */
  private answering = false

  constructor(options: ProbeOptions) {
    this.options = options
    this.steps = new Steps(options.onStep)
    const { trust, proxy } = options
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
      ...(options.options ? { options: options.options } : {}),
      ...(proxy ? { proxy: proxy.address } : {}),
    }
  }

  async run(): Promise<Attempt> {
    const { attempt, options, steps, stop } = this
    const cancel = () => stop.abort(coded('ABORT_ERR', 'the test was cancelled'))
    const timer = setTimeout(() => stop.abort(this.late()), options.timeoutMs)
    options.signal?.addEventListener('abort', cancel, { once: true })
    if (options.signal?.aborted) cancel()
    let client: ClientSide | undefined
    try {
      client = await this.connectAndCall()
    } catch (thrown) {
      const error = stop.signal.aborted ? stop.signal.reason : (this.handshake?.lost() ?? thrown)
      attempt.failure = failureOf(error, this.steps.during, this.secrets())
      attempt.alert = alertIn(error)
      this.tried = (error as { tried?: Tried[] }).tried ?? []
    } finally {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', cancel)
    }
    if (attempt.failure) {
      const facts = await this.readWire()
      if (this.steps.during === 'response') steps.add('request', 'skipped', 'Not sent: the connection ended first')
      steps.add(this.steps.during, 'failed', failedStep(attempt.failure, attempt.alert, this.tried))
      if (facts) this.tellClientSteps(facts)
    } else if (client && attempt.certificateSent === undefined) {
      this.tellClientSteps((await this.readWire()) ?? client)
    }
    const transcript = await this.transcript()
    const later = transcript && addHandshake(attempt, transcript, this.teller)
    if (later) this.tellClientSteps(later)
    this.handshake?.socket.destroy()
    this.tee?.destroy()
    attempt.durationMs = steps.elapsedMs()
    attempt.steps = steps.finish()
    return attempt
  }

  recorded(): RecordedWire | null {
    const { attempt, ends, handshake, tee } = this
    if (!tee || !ends || tee.pieces.length === 0) return null
    const { pieces, ends: closings, cut } = tee
    return {
      sent: tee.sent(),
      received: tee.received(),
      keylog: handshake?.keylog ?? [],
      pieces,
      ends: closings,
      startedAt: attempt.startedAt,
      ...ends,
      cut,
    }
  }

  private late(): Error {
    const within = `${this.options.timeoutMs / 1000} s`
    const { proxy } = this.attempt
    return proxy !== undefined && this.steps.during === 'connect'
      ? coded('ERR_PROXY_TIMEOUT', `the proxy ${proxy} made no tunnel within ${within}`)
      : coded('ETIMEDOUT', `nothing came within ${within}`)
  }

  private secrets(): string[] {
    const { headers, body, proxy } = this.options
    return [...headers.map(({ value }) => value), body ?? '', proxy?.password ?? '']
  }

  private async connectAndCall(): Promise<ClientSide | undefined> {
    const { attempt, options, steps } = this
    const target = targetOf(options)
    steps.begin('tls')
    if (options.identity && 'keyPem' in options.identity) checkKinds(options.identity)
    // Made before the connection: a key that is not the certificate's shows here.
    const secureContext = secureContextFor(options)
    steps.begin('server-trust')
    // A TLS library takes a CA file without a certificate silently, and then trusts nobody.
    if (attempt.trustedAuthorities?.length === 0) throw coded('ERR_NO_TRUSTED_CERTIFICATE', 'it holds no certificate')

    steps.mark()
    const reached = await reach(target, options.proxy, steps, this.stop.signal)
    attempt.address = reached.address
    this.ends = endsOf(reached.socket)
    this.tee = new Tee(reached.socket, steps.exactMs)

    steps.begin('tls')
    const greeted = performance.now()
    const protocols = options.options?.alpn ?? ['http/1.1']
    const handshake = shakeHands(this.tee, target, protocols, secureContext)
    const { socket } = handshake
    this.handshake = handshake
    await this.untilStopped(handshake.ready)
    const handshakeMs = performance.now() - greeted
    attempt.protocol = socket.getProtocol() ?? undefined
    attempt.cipher = socket.getCipher().standardName
    attempt.alpn = socket.alpnProtocol || undefined
    steps.add('tls', 'done', tlsStep(attempt))

    steps.begin('server-trust')
    const distrust = judgeServer(socket, options.trust, target.spokenTo, Date.now())
    attempt.serverTrusted = distrust === null
    if (distrust !== null) throw coded(distrust, distrust.toLowerCase().replaceAll('_', ' '))
    if ('onceSha256' in options.trust) attempt.trustedOnce = options.trust.onceSha256
    const client = await this.readWire()
    steps.add('server-trust', 'done', trustedStep(attempt), false)
    if (client) this.tellClientSteps(client)

    const call: Call = { url: target.url, method: options.method, headers: options.headers, body: options.body }
    attempt.http = await this.exchange(handshake, call, hearOutMs(handshakeMs))
    steps.add('response', 'done', answerStep(attempt.http))
    return client
  }

  private async exchange({ socket, heard, lost }: Handshake, call: Call, waitMs: number): Promise<HttpAnswer> {
    const { attempt, steps, stop } = this
    const sent = () => steps.add('request', 'done', requestStep(call))
    const begun = () => {
      this.answering = true
    }
    // Put into words while the server thinks, so that it costs no time.
    setImmediate(() => this.teller.tell(this.reader.transcript))
    steps.begin('request')
    const prepared = attempt.alpn === 'h2' ? undefined : prepare(socket, call, stop.signal, begun)
    steps.begin('response')
    if (attempt.certificateAsked && attempt.protocol === 'TLSv1.3') {
      const early = prepared && [prepared.lost, prepared.answered]
      await this.untilStopped(firstWithin(waitMs, [heard, ...(early ?? [])]))
      // Refused while we listened: our request, and what is secret in it, stays here.
      if (lost() || socket.destroyed) throw coded('ECONNRESET', 'closed')
    }
    if (this.answering && prepared) {
      steps.add('request', 'skipped', 'Not sent: the server answered before it was asked')
      return this.untilStopped(prepared.answered)
    }
    // Loaded on first use: most calls are made in HTTP/1.1.
    const over2 = async () => (await import('./exchange2.ts')).answerOver2(socket, call, stop.signal, { sent, begun })
    const answer = await this.untilStopped(prepared ? answerTo(prepared, call.body, sent) : over2())
    // A server may answer before it has read the whole body.
    sent()
    return answer
  }

  /** The work, or the reason to stop, whichever comes first; the connection's own end is one. */
  private untilStopped<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.stop
    return new Promise((resolve, reject) => {
      const end = () => {
        if (this.answering && !this.options.signal?.aborted) return
        this.handshake?.socket.destroy()
        reject(signal.reason)
      }
      if (signal.aborted) return end()
      signal.addEventListener('abort', end, { once: true })
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
    })
  }

  /** What passed until now; each byte is decoded once, however often this is asked. */
  private async transcript(): Promise<Transcript | undefined> {
    const { handshake, reader, tee } = this
    if (!tee) return undefined
    const { pieces, ends } = tee
    const keylog = handshake?.keylog ?? []
    return reader.read({ sent: tee.sent(), received: tee.received(), keylog, pieces, ends })
  }

  /** Reads off the wire what the server asked for and what we answered. */
  private async readWire(): Promise<ClientSide | undefined> {
    const transcript = await this.transcript()
    return transcript && addWireFacts(this.attempt, transcript)
  }

  /** What the server asked for and what we answered; told again, where it asked only later, in place of what was told. */
  private tellClientSteps({ certificateTypes, sentAbove }: ClientSide): void {
    const { attempt, options, steps } = this
    if (attempt.certificateSent) attempt.issuersSent = sentAbove
    const given = options.identity?.chainPem.length ?? 0
    if (attempt.certificateAsked !== undefined) steps.tell('client-asked', askedStep(attempt, certificateTypes))
    if (attempt.certificateSent !== undefined) steps.tell('client-sent', sentStep(attempt, given))
  }
}

/** Resolves with the first of them, or when the time is over. */
function firstWithin(ms: number, events: Promise<unknown>[]): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return Promise.race([over, ...events]).finally(() => clearTimeout(timer))
}
