import { createPrivateKey, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import * as tls from 'node:tls'
import { orNull, readDer } from '../../shared/pki/der.ts'
import { nameOf } from '../../shared/pki/names.ts'
import type { Attempt, Step, StepName } from '../../shared/tls/attempt.ts'
import {
  certificateAsked,
  certificateRequest,
  certificatesSent,
  decodeTranscript,
  endingAlert,
  type Transcript,
} from '../../shared/tls/transcript.ts'
import { chainLinks } from './chain-links.ts'
import { bareHost, dial, resolveHost } from './dial.ts'
import { type Call, exchange } from './exchange.ts'
import { alertIn, failureOf } from './failure.ts'
import { nodeCrypto } from './node-crypto.ts'
import { Steps } from './steps.ts'
import { Tee } from './tee.ts'
import { judgeServer, type Trust, trustedCertificates, trustOptions } from './trust.ts'

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
 * answered only when an answer was read; and nothing is written to a server that is not trusted.
 */
export async function probe(options: ProbeOptions): Promise<Attempt> {
  return new Probe(options).run()
}

const coded = (code: string, message: string) => Object.assign(new Error(message), { code })

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
      ...('caPem' in trust ? { trustedAuthorities: authorityNames(trust.caPem) } : {}),
      http: null,
      steps: [],
    }
  }

  async run(): Promise<Attempt> {
    const { attempt, options, steps, stop } = this
    const cancel = () => stop.abort(coded('ABORT_ERR', 'the test was cancelled'))
    const timer = setTimeout(
      () => stop.abort(coded('ETIMEDOUT', `nothing came within ${options.timeoutMs / 1000} s`)),
      options.timeoutMs,
    )
    options.signal?.addEventListener('abort', cancel, { once: true })
    if (options.signal?.aborted) cancel()
    try {
      await this.connectAndCall()
    } catch (thrown) {
      // The socket's own error names the alert; what HTTP makes of it is only "socket hang up".
      const error = stop.signal.aborted ? stop.signal.reason : (this.socketError ?? thrown)
      const secrets = [...options.headers.map((header) => header.value), options.body ?? '']
      attempt.failure = failureOf(error, this.during, secrets)
      attempt.alert = alertIn(error)
      steps.add(this.during, 'failed', failedStep(attempt.failure, attempt.alert))
    } finally {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', cancel)
    }
    if (this.tee && (attempt.failure || attempt.certificateSent === undefined)) await this.readTranscript()
    this.socket?.destroy()
    this.tee?.destroy()
    attempt.durationMs = steps.elapsedMs()
    attempt.steps = steps.finish()
    return attempt
  }

  private async connectAndCall(): Promise<void> {
    const { attempt, options, steps } = this
    const { signal } = this.stop
    const url = parseUrl(options.url)
    this.during = 'tls'
    checkPair(options.identity)
    this.during = 'server-trust'
    // A TLS library takes a CA file without a certificate silently, and then trusts nobody.
    if (attempt.trustedAuthorities?.length === 0) throw coded('ERR_NO_TRUSTED_CERTIFICATE', 'it holds no certificate')
    this.during = 'resolve'
    const host = bareHost(url.hostname)
    const addresses = await resolveHost(host, signal)
    steps.add('resolve', 'done', isIP(host) ? 'The address is given as a number' : `${host} is ${addresses.join(', ')}`)
    this.during = 'connect'
    const port = Number(url.port) || 443
    const raw = await dial(addresses, port, signal)
    attempt.address = raw.remoteAddress ?? addresses[0]
    steps.add('connect', 'done', `${attempt.address}, port ${port}`)
    this.during = 'tls'
    this.tee = new Tee(raw)
    const socket = await this.handshake(this.tee, host)
    attempt.protocol = socket.getProtocol() ?? undefined
    attempt.cipher = socket.getCipher()?.standardName ?? socket.getCipher()?.name
    steps.add('tls', 'done', `${attempt.protocol}, ${attempt.cipher}`)
    this.during = 'server-trust'
    const distrust = judgeServer(socket, options.trust, host, Date.now())
    attempt.serverTrusted = distrust === null
    if (distrust !== null) throw coded(distrust, distrustWords(socket, distrust))
    steps.add('server-trust', 'done', `Trusted: ${socket.getPeerCertificate().subject?.CN ?? host}`, false)
    await this.readTranscript()
    this.during = 'request'
    const call: Call = { url, method: options.method, headers: options.headers, body: options.body }
    attempt.http = await this.untilStopped(
      exchange(socket, call, () => {
        this.during = 'response'
        steps.add('request', 'done', requestStep(call))
      }),
    )
    const { status, statusText, bodyBytes } = attempt.http
    steps.add('request', 'done', requestStep(call))
    steps.add('response', 'done', `HTTP ${status}${statusText ? ` ${statusText}` : ''}, ${bodyBytes} bytes`)
  }

  private untilStopped<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.stop.signal.addEventListener('abort', () => {
        this.socket?.destroy()
        reject(this.stop.signal.reason)
      })
      work.then(resolve, reject)
    })
  }

  private handshake(tee: Tee, host: string): Promise<tls.TLSSocket> {
    const { identity, trust } = this.options
    const ready = new Promise<tls.TLSSocket>((resolve, reject) => {
      const socket = tls.connect({
        socket: tee,
        host,
        ...(isIP(host) ? {} : { servername: host }),
        ALPNProtocols: ['http/1.1'],
        // The verdict is ours, before anything is written: a broken handshake would hide what the server asked for.
        rejectUnauthorized: false,
        ...trustOptions(trust),
        ...(identity ? { cert: [identity.certificatePem, ...identity.chainPem].join('\n'), key: identity.keyPem } : {}),
      })
      this.socket = socket
      socket.on('keylog', (line) => this.keylog.push(line.toString('latin1')))
      socket.on('error', (error) => {
        this.socketError ??= error
        reject(error)
      })
      socket.once('secureConnect', () => resolve(socket))
      socket.once('close', () => reject(coded('ECONNRESET', 'closed')))
    })
    return this.untilStopped(ready)
  }

  /** Reads off the wire what the server asked for and what we answered. */
  private async readTranscript(): Promise<void> {
    const { attempt, options, steps, tee } = this
    if (!tee) return
    const wire = { sent: tee.sent(), received: tee.received(), keylog: this.keylog }
    const transcript = await decodeTranscript(wire, nodeCrypto)
    const request = certificateRequest(transcript)
    attempt.certificateAsked = certificateAsked(transcript)
    attempt.acceptableAuthorities = (request?.authorities ?? []).map(spelled)
    attempt.signatureSchemes = request?.signatureSchemes ?? []
    attempt.certificateSent = attempt.certificateAsked === false ? false : sentOne(transcript)
    attempt.protocol ??= transcript.version
    attempt.cipher ??= transcript.suite
    if (attempt.serverChain.length === 0) attempt.serverChain = chainLinks(serverCertificates(transcript))
    if (attempt.failure) {
      attempt.alert ??= alertOf(transcript)
      if (transcript.speaks === 'http') attempt.failure.text = 'the port answers in plain HTTP, not TLS'
      if (transcript.speaks === 'ssh') attempt.failure.text = 'the port speaks SSH, not TLS'
      if (transcript.speaks === 'mail') attempt.failure.text = 'the port speaks a mail protocol, not TLS'
    }
    if (attempt.certificateAsked !== undefined) {
      steps.add('client-asked', 'done', askedStep(attempt, request?.certificateTypes ?? []), false)
    }
    if (attempt.certificateSent !== undefined) {
      const above = (certificatesSent(transcript)?.length ?? 1) - 1
      steps.add('client-sent', 'done', sentStep(attempt, above, options.identity !== null), false)
    }
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:' || !url.hostname || url.username || url.password) {
    throw coded('ERR_INVALID_URL', 'the address is not of the form https://host:port/path')
  }
  return url
}

/**
 * Node loads an EC key beside an RSA certificate without a word and then sends no certificate at all; BoringSSL throws.
 * Both are told here, before a connection, in OpenSSL's codes.
 */
function checkPair(identity: ProbeOptions['identity']): void {
  if (!identity) return
  let kind: string | undefined
  try {
    const certificate = new X509Certificate(identity.certificatePem)
    const key = createPrivateKey(identity.keyPem)
    if (certificate.checkPrivateKey(key)) return
    kind = certificate.publicKey.asymmetricKeyType === key.asymmetricKeyType ? 'VALUES' : 'TYPE'
  } catch {
    // Not readable here: the TLS library will say so in its own words.
    return
  }
  throw coded(`ERR_OSSL_X509_KEY_${kind}_MISMATCH`, 'the private key does not belong to the certificate')
}

const spelled = (der: Uint8Array) =>
  orNull(() => {
    const node = readDer(der)
    return node && nameOf(node).text
  }) ?? Buffer.from(der).toString('hex')

function authorityNames(caPem: string): string[] {
  return chainLinks(trustedCertificates(caPem).map((certificate) => certificate.raw)).map((link) => link.subject)
}

function serverCertificates(transcript: Transcript): Uint8Array[] {
  const message = transcript.messages.find((m) => m.from === 'server' && m.name === 'Certificate')
  return message?.name === 'Certificate' ? message.certificates : []
}

function sentOne(transcript: Transcript): boolean | undefined {
  const sent = certificatesSent(transcript)
  return sent && sent.length > 0
}

function alertOf(transcript: Transcript): Attempt['alert'] {
  const alert = endingAlert(transcript)
  return alert && { from: alert.from, number: alert.number, name: alert.alert }
}

function distrustWords(socket: tls.TLSSocket, code: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the certificate is for ${socket.getPeerCertificate().subjectaltname ?? 'no name at all'}`
  }
  return code.toLowerCase().replaceAll('_', ' ')
}

const failedStep = ({ code, text }: NonNullable<Attempt['failure']>, alert: Attempt['alert']) =>
  alert ? `The server said ${alert.name} (alert ${alert.number})` : `${text} (${code})`

const count = (n: number, one: string, many = `${one}s`) => `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`

function requestStep({ method, headers, body }: Call): string {
  return `${method}, ${count(headers.length, 'header')} of yours, ${body === undefined ? 'no body' : `${Buffer.byteLength(body)} bytes of body`}`
}

function askedStep(attempt: Attempt, types: string[]): string {
  if (!attempt.certificateAsked) return 'No: this server does not ask for a client certificate'
  const named = count(attempt.acceptableAuthorities.length, 'authority named', 'authorities named')
  const schemes = count(attempt.signatureSchemes.length, 'signature scheme')
  return `Yes: ${named}, ${schemes}${types.length > 0 ? `, ${types.join(', ')}` : ''}`
}

function sentStep(attempt: Attempt, above: number, configured: boolean): string {
  if (attempt.certificateSent) return `Yes, with ${count(above, 'certificate')} above it`
  if (!attempt.certificateAsked) return 'No: it was not asked for'
  return configured ? 'No: the answer was empty although a certificate was given' : 'No: the answer was empty'
}
