import { decodeHandshake, HandshakeReader } from './handshake.ts'
import type { CertificateRequest, Handshake } from './handshake-messages.ts'
import { RecordKeys, secretsFromKeylog, type TlsCrypto, type TrafficSecrets, webCrypto } from './key-schedule.ts'
import { firstWords, readRecords, type TlsRecord } from './records.ts'
import { alertName, type Suite, tls13Suites } from './registry.ts'

export type Side = 'client' | 'server'

/** What went over a connection: the bytes of each direction, and the key log lines of its TLS library. */
export type Wire = { sent: Uint8Array; received: Uint8Array; keylog: readonly string[] }

/** `at` is the offset of the record that completed the message, in its own direction's bytes. */
export type TranscriptMessage = Handshake & { from: Side; at: number }

export type TlsAlert = { from: Side; at: number; level: 'warning' | 'fatal'; number: number; alert: string }

export type Transcript = {
  speaks: ReturnType<typeof firstWords>
  version?: string
  suite?: string
  alpn?: string
  /** The client's messages, then the server's, each in order. */
  messages: TranscriptMessage[]
  alerts: TlsAlert[]
  /** Records that stayed closed: TLS 1.2 after ChangeCipherSpec, or no key for them. */
  closedRecords: number
}

/**
 * Decodes both directions of a connection, in TLS 1.3 with the traffic secrets of the key log (RFC 8446 section 7.3),
 * in TLS 1.2 as far as the handshake is in the clear, which takes in both Certificate messages. Never throws; what
 * cannot be opened is counted.
 */
export async function decodeTranscript(wire: Wire, use: TlsCrypto = webCrypto): Promise<Transcript> {
  const received = readRecords(wire.received)
  const sent = readRecords(wire.sent)
  const transcript: Transcript = { speaks: firstWords(wire.received), messages: [], alerts: [], closedRecords: 0 }
  const hello = plainHandshake(received.records).find((message) => message.name === 'ServerHello')
  const clientHello = plainHandshake(sent.records).find((message) => message.name === 'ClientHello')
  let suite: Suite | undefined
  let secrets: TrafficSecrets = {}
  if (hello?.name === 'ServerHello') {
    transcript.version = hello.version
    transcript.suite = hello.cipherSuite
    transcript.alpn = hello.alpn
    suite = hello.version === 'TLSv1.3' ? tls13Suites[hello.suite] : undefined
  }
  if (clientHello?.name === 'ClientHello') secrets = secretsFromKeylog(wire.keylog, clientHello.random)
  const open = async (from: Side, records: TlsRecord[], first?: Uint8Array, then?: Uint8Array) =>
    new Direction(transcript, from).read(
      records,
      suite && first && (await RecordKeys.of(use, suite, first)),
      suite && then && (await RecordKeys.of(use, suite, then)),
    )
  await open('client', sent.records, secrets.clientHandshake, secrets.client)
  await open('server', received.records, secrets.serverHandshake, secrets.server)
  for (const message of transcript.messages) {
    if (message.name === 'EncryptedExtensions') transcript.alpn = message.alpn
  }
  return transcript
}

/** Messages in the clear at the start of a stream: enough to find the hellos. */
function plainHandshake(records: readonly TlsRecord[]): Handshake[] {
  const reader = new HandshakeReader()
  const messages: Handshake[] = []
  for (const record of records) {
    if (record.type === 23) break
    if (record.type !== 22) continue
    for (const raw of reader.add(record.fragment)) messages.push(decodeHandshake(raw, undefined))
    if (messages.length > 2) break
  }
  return messages
}

/** More than any handshake has; a hostile stream of empty messages stops here. */
const mostMessages = 2000

class Direction {
  private readonly transcript: Transcript
  private readonly from: Side
  private readonly reader = new HandshakeReader()
  private keys: RecordKeys | undefined
  private keysAfterFinished: RecordKeys | undefined

  constructor(transcript: Transcript, from: Side) {
    this.transcript = transcript
    this.from = from
  }

  async read(records: readonly TlsRecord[], first: RecordKeys | undefined, then: RecordKeys | undefined) {
    this.keys = first
    this.keysAfterFinished = then
    const tls13 = this.transcript.version === 'TLSv1.3'
    let closed = false
    for (const record of records) {
      if (record.type === 20) {
        // In TLS 1.3 the record is an empty gesture towards middleboxes (RFC 8446 appendix D.4).
        if (!tls13) closed = true
      } else if (tls13 && record.type === 23) {
        const opened = await this.keys?.open(record.header, record.fragment)
        if (opened) await this.content(opened.type, opened.content, record.at)
        else this.transcript.closedRecords++
      } else if (closed || record.type === 23) {
        this.transcript.closedRecords++
      } else {
        await this.content(record.type, record.fragment, record.at)
      }
    }
  }

  private async content(type: number, content: Uint8Array, at: number) {
    const { from } = this
    if (type === 21 && content.length >= 2) {
      const number = content[1] ?? 0
      const level = content[0] === 1 ? 'warning' : 'fatal'
      if (this.transcript.alerts.length < mostMessages) {
        this.transcript.alerts.push({ from, at, level, number, alert: alertName(number) })
      }
    }
    if (type !== 22) return
    for (const raw of this.reader.add(content)) {
      const message = decodeHandshake(raw, this.transcript.version)
      if (this.transcript.messages.length < mostMessages) this.transcript.messages.push({ ...message, from, at })
      if (message.name === 'Finished' && this.transcript.version === 'TLSv1.3') this.keys = this.keysAfterFinished
      if (message.name === 'KeyUpdate') this.keys = await this.keys?.next()
    }
  }
}

/** The server's CertificateRequest, when it was seen. */
export function certificateRequest(transcript: Transcript): CertificateRequest | undefined {
  const found = transcript.messages.find((m) => m.from === 'server' && m.name === 'CertificateRequest')
  return found?.name === 'CertificateRequest' ? found : undefined
}

/** Did the server ask for a certificate? Absent until its part of the handshake was seen to its end. */
export function certificateAsked(transcript: Transcript): boolean | undefined {
  if (certificateRequest(transcript)) return true
  const end = transcript.version === 'TLSv1.3' ? 'Finished' : 'ServerHelloDone'
  return transcript.messages.some((m) => m.from === 'server' && m.name === end) ? false : undefined
}

/** The certificates of our own Certificate message: empty means we answered "none". Absent when it was not seen. */
export function certificatesSent(transcript: Transcript): Uint8Array[] | undefined {
  const found = transcript.messages.find((m) => m.from === 'client' && m.name === 'Certificate')
  return found?.name === 'Certificate' ? found.certificates : undefined
}

/** The alert that ended the connection: the first fatal one, the server's before ours. */
export function endingAlert(transcript: Transcript): TlsAlert | undefined {
  const fatal = transcript.alerts.filter((alert) => alert.level === 'fatal' && alert.number !== 0)
  return fatal.find((alert) => alert.from === 'server') ?? fatal[0]
}
