import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import * as tls from 'node:tls'
import { extensionOf, serverNameIn } from '../../shared/tls/extensions.ts'
import { certificatesSent, endingAlert, messagesOf, type Transcript } from '../../shared/tls/transcript.ts'
import { WireReader } from '../../shared/tls/wire-reader.ts'
import type { Arrival } from '../../shared/webhooks/arrival.ts'
import { type BrokenOffVerdict, isHttp, whyBrokenOff } from '../../shared/webhooks/broken-off.ts'
import { withoutPointers } from '../tls/failure.ts'
import { nodeCrypto } from '../tls/node-crypto.ts'
import { Tee } from '../tls/tee.ts'
import { sendAlert } from './farewell.ts'

/** A handshake with a chain of certificates is some 10 KiB; more of a connection is not recorded. */
const mostRecorded = 96 * 1024
const mostCertificates = 20

export type HandshakeOptions = {
  secureContext: tls.SecureContext
  minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** Whoever shows no certificate gets the TLS library’s own alert. */
  refuseWithout: boolean
  deadlineMs: number
}

/** What a handshake showed, whether it stands or not. */
export type Shown = Pick<Arrival, 'protocol' | 'cipher' | 'serverName' | 'alert'> & {
  /** DER, the caller’s own first. */
  chain: Uint8Array[]
}

export type HandshakeEnd =
  | { stands: true; socket: tls.TLSSocket; shown: Shown; refuse(alert: number): Promise<boolean> }
  | { stands: false; shown: Shown; why: BrokenOffVerdict }

/**
 * Shakes hands as a server that asks for a certificate and judges none: that is for the caller of this. Never rejects.
 * What the client sent is read off the wire, so it is there also when the handshake came to nothing.
 */
export async function shakeHandsAsServer(raw: Socket, options: HandshakeOptions): Promise<HandshakeEnd> {
  const started = performance.now()
  const deadline = AbortSignal.timeout(options.deadlineMs)
  const first = await firstBytes(raw, deadline)
  const none: Transcript = { speaks: 'nothing', messages: [], passedOver: 0 }
  const { minVersion } = options
  if (first.length === 0 || isHttp(first) || (first[0] !== 22 && first[0] !== 21)) {
    answerPlainly(raw, first)
    const why = whyBrokenOff({ transcript: none, first, timedOut: deadline.aborted, minVersion })
    return { stands: false, shown: { chain: [] }, why }
  }
  raw.unshift(first)
  const elapsedMs = () => performance.now() - started
  const tee = new Tee(raw, elapsedMs, { here: 'server', mostBytes: mostRecorded })
  freshTicketKeys(options.secureContext)
  const socket = new tls.TLSSocket(tee, {
    isServer: true,
    secureContext: options.secureContext,
    requestCert: true,
    rejectUnauthorized: options.refuseWithout,
    ALPNProtocols: ['http/1.1'],
  })
  const keylog: string[] = []
  socket.on('keylog', (line: Buffer) => keylog.push(line.toString('latin1')))
  let error: Error | undefined
  const stands = await new Promise<boolean>((resolve) => {
    socket.on('error', (thrown) => {
      error ??= thrown
      resolve(false)
    })
    socket.once('secure', () => resolve(true))
    socket.once('close', () => resolve(false))
    deadline.addEventListener('abort', () => resolve(false), { once: true })
  })
  const reader = new WireReader(nodeCrypto)
  const read = () => {
    const { pieces, ends } = tee
    return reader.read({ sent: tee.sent(), received: tee.received(), keylog, pieces, ends })
  }
  const transcript = await read()
  const shown = shownIn(transcript, socket)
  if (stands) {
    const refuse = async (alert: number) => {
      // Tickets that were sent since count in the numbering of records.
      await read()
      const told = await sendAlert(raw, reader, alert)
      socket.destroy()
      raw.destroy()
      return told
    }
    return { stands, socket, shown, refuse }
  }
  socket.destroy()
  tee.destroy()
  const failed = error && { code: codeIn(error), text: withoutPointers(error.message) }
  const why = whyBrokenOff({
    transcript,
    first,
    timedOut: deadline.aborted,
    minVersion,
    ...(failed && { error: failed }),
  })
  return { stands: false, shown, why }
}

/** The first bytes, looked at before TLS is begun: plain HTTP deserves an answer that a person can read. */
function firstBytes(raw: Socket, deadline: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const done = (bytes: Uint8Array) => {
      raw.off('data', take)
      raw.off('close', none)
      raw.off('end', none)
      deadline.removeEventListener('abort', none)
      resolve(bytes)
    }
    const take = (chunk: Buffer) => {
      raw.pause()
      done(chunk)
    }
    const none = () => done(new Uint8Array())
    raw.once('data', take)
    raw.once('close', none)
    raw.once('end', none)
    deadline.addEventListener('abort', none, { once: true })
  })
}

function answerPlainly(raw: Socket, first: Uint8Array): void {
  if (!isHttp(first) || raw.destroyed) return void raw.destroy()
  const says = 'This port speaks TLS: call it by https://\n'
  raw.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${says.length}\r\nConnection: close\r\n\r\n${says}`,
  )
  raw.resume()
}

/** A resumed connection would show no certificate, so no ticket is ever good for a second one. */
function freshTicketKeys({ context }: tls.SecureContext): void {
  ;(context as { setTicketKeys(keys: Buffer): void }).setTicketKeys(randomBytes(48))
}

function shownIn(transcript: Transcript, socket: tls.TLSSocket): Shown {
  const [hello] = messagesOf(transcript, 'ClientHello')
  const serverName = serverNameIn(hello && extensionOf(hello.extensions, 0))
  const alert = endingAlert(transcript)
  // Of a suite that is not decoded here, the TLS library knows the caller’s own certificate.
  const own = () => socket.getPeerX509Certificate?.()?.raw
  const sent = certificatesSent(transcript) ?? [own()].filter((der) => der !== undefined)
  return {
    ...(transcript.version !== undefined && { protocol: transcript.version }),
    ...(transcript.suite !== undefined && { cipher: transcript.suite }),
    ...(serverName !== undefined && { serverName: serverName.slice(0, 255) }),
    ...(alert && { alert: { from: alert.from, number: alert.number, name: alert.alert } }),
    chain: sent.slice(0, mostCertificates),
  }
}

const codeIn = (error: Error): string =>
  `${(error as { code?: string }).code ?? ''} ${(error as { reason?: string }).reason ?? ''} ${error.message}`
    .replaceAll(' ', '_')
    .slice(0, 300)
