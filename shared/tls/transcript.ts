import type { CertificateRequest, Handshake } from './handshake-messages.ts'
import type { firstWords } from './records.ts'

export type Side = 'client' | 'server'

/** One read or write: its bytes follow those of its direction before it. */
export type Piece = { from: Side; bytes: number; atMs: number }

/** How a direction ended: closed in order, or broken off (TCP reset). */
export type End = { from: Side; how: 'closed' | 'reset'; atMs: number }

/**
 * What went over a connection: the bytes of each direction, and the key log lines of its TLS library. Without `pieces`
 * the order of the two directions is guessed from the protocol, and there are no times.
 */
export type Wire = {
  sent: Uint8Array
  received: Uint8Array
  keylog: readonly string[]
  pieces?: readonly Piece[]
  ends?: readonly End[]
}

export type TlsAlert = { name: 'Alert'; level: 'warning' | 'fatal'; number: number; alert: string }

export type Spoken =
  | Handshake
  | TlsAlert
  | { name: 'ChangeCipherSpec' }
  /** Application data in one go: how much, and when its last byte passed. */
  | { name: 'ApplicationData'; records: number; untilMs?: number }
  /** Protected records without a key that opens them, in one go. */
  | { name: 'Closed'; records: number; untilMs?: number }
  /** A record of a type that is not read here (heartbeat), or an alert of another form. */
  | { name: 'OtherRecord'; type: number }
  | { name: 'End'; how: End['how'] }

/**
 * `atMs` is when the last byte of the message passed (of the first record of application data), `bytes` its size
 * without record headers, padding and tags.
 */
export type TranscriptMessage = Spoken & { from: Side; atMs?: number; encrypted: boolean; bytes: number }

export type Transcript = {
  speaks: ReturnType<typeof firstWords>
  version?: string
  suite?: string
  alpn?: string
  /** In the order in which they passed. */
  messages: TranscriptMessage[]
  /** How many came after as many as are kept. */
  passedOver: number
}

type Named<N extends Spoken['name']> = Extract<TranscriptMessage, { name: N }>

/** All messages of one name, from one side or both. */
export function messagesOf<N extends Spoken['name']>(transcript: Transcript, name: N, from?: Side): Named<N>[] {
  const has = (message: TranscriptMessage): message is Named<N> =>
    message.name === name && (from === undefined || message.from === from)
  return transcript.messages.filter(has)
}

/** Where the server’s part of the first handshake ends; what it asks for after that is asked later. */
const serverEnd = ({ messages }: Transcript) =>
  messages.findIndex(({ from, name }) => from === 'server' && (name === 'ServerHelloDone' || name === 'Finished'))

const requestsIn = (messages: readonly TranscriptMessage[]): Named<'CertificateRequest'>[] =>
  messages.filter((message) => message.name === 'CertificateRequest' && message.from === 'server') as never

/** The server's first CertificateRequest, when it was seen. */
export const certificateRequest = (transcript: Transcript): CertificateRequest | undefined =>
  requestsIn(transcript.messages)[0]

/** Did the server ask for a certificate in the handshake? Absent until its part of that was seen to its end. */
export function certificateAsked(transcript: Transcript): boolean | undefined {
  const end = serverEnd(transcript)
  if (requestsIn(end < 0 ? transcript.messages : transcript.messages.slice(0, end)).length > 0) return true
  return end < 0 ? undefined : false
}

/** Did it ask (again) later: by a request after the handshake of TLS 1.3, or by another handshake of TLS 1.2? */
export function certificateAskedLater(transcript: Transcript): boolean {
  const end = serverEnd(transcript)
  return end >= 0 && requestsIn(transcript.messages.slice(end)).length > 0
}

/** The certificates of our own Certificate message: empty means we answered "none". Absent when it was not seen. */
export const certificatesSent = (transcript: Transcript): Uint8Array[] | undefined =>
  messagesOf(transcript, 'Certificate', 'client')[0]?.certificates

/** The certificates that the server showed; absent when its message was not seen. */
export const serverCertificates = (transcript: Transcript): Uint8Array[] | undefined =>
  messagesOf(transcript, 'Certificate', 'server')[0]?.certificates

/** The alert that ended the connection: the first fatal one, the server's before ours. */
export function endingAlert(transcript: Transcript): (TlsAlert & { from: Side }) | undefined {
  const fatal = messagesOf(transcript, 'Alert').filter(({ level, number }) => level === 'fatal' && number !== 0)
  return fatal.find(({ from }) => from === 'server') ?? fatal[0]
}
