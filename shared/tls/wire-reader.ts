import { suiteOf } from './cipher-suites.ts'
import { extensionOf, protocolsIn } from './extensions.ts'
import { decodeHandshake, HandshakeReader } from './handshake.ts'
import type { Handshake, ServerHello } from './handshake-messages.ts'
import { RecordKeys } from './key-schedule.ts'
import { bytesOfHex, type SecretLabel, secretFor } from './keylog.ts'
import { guessedPieces } from './pieces.ts'
import type { Protection, Sealing } from './protection.ts'
import { firstWords, RecordReader, type TlsRecord } from './records.ts'
import { alertName } from './registry.ts'
import { type TlsCrypto, webCrypto } from './tls-crypto.ts'
import { tls12Protection } from './tls12-keys.ts'
import type { Side, Spoken, Transcript, Wire } from './transcript.ts'

/** More than any handshake has; a hostile stream of empty messages stops here. */
const mostMessages = 2000

/** Decodes what passed over one connection, once. */
export const decodeTranscript = (wire: Wire, use: TlsCrypto = webCrypto): Promise<Transcript> =>
  new WireReader(use).read(wire)

/** Gets the application data of each record, in order: the transcript only counts it. */
export type OnData = (from: Side, content: Uint8Array) => void

type Direction = {
  records: RecordReader
  handshakes: HandshakeReader
  /** Bytes that were read already. */
  at: number
  /** What opens its protected records; null when they are protected and nothing opens them. */
  protection: Protection | null | undefined
}

const direction = (): Direction => ({
  records: new RecordReader(),
  handshakes: new HandshakeReader(),
  at: 0,
  protection: undefined,
})

/**
 * Decodes both directions of a connection as they passed: TLS 1.3 with the traffic secrets of the key log (RFC 8446
 * section 7.3), TLS 1.2 with its master secret (RFC 5246 section 6.3), also through renegotiations. Never throws; what
 * cannot be opened is counted. Read again when more has passed, it goes on where it stopped.
 */
export class WireReader {
  readonly transcript: Transcript = { speaks: 'nothing', messages: [], passedOver: 0 }
  private readonly use: TlsCrypto
  private readonly onData: OnData | undefined
  private readonly sides: Record<Side, Direction> = { client: direction(), server: direction() }
  private piecesRead = 0
  private endsRead = 0
  private keylog: readonly string[] = []
  private clientRandom = ''
  private serverHello: ServerHello | undefined
  /** The keys that ChangeCipherSpec puts to use in TLS 1.2, for both sides. */
  private pending: Record<Side, Protection> | null | undefined
  private nowMs: number | undefined
  private encrypted = false

  constructor(use: TlsCrypto = webCrypto, onData?: OnData) {
    this.use = use
    this.onData = onData
  }

  async read(wire: Wire): Promise<Transcript> {
    this.keylog = wire.keylog
    this.transcript.speaks = firstWords(wire.received)
    const pieces = wire.pieces ?? guessedPieces(wire)
    for (; this.piecesRead < pieces.length; this.piecesRead++) {
      const { from, bytes, atMs } = pieces[this.piecesRead] ?? { from: 'client', bytes: 0, atMs: 0 }
      if (wire.pieces) this.tellEnds(wire.ends, atMs)
      this.nowMs = wire.pieces && atMs
      const side = this.sides[from]
      const piece = (from === 'client' ? wire.sent : wire.received).subarray(side.at, side.at + bytes)
      side.at += piece.length
      for (const record of side.records.add(piece)) await this.record(from, side, record)
    }
    this.tellEnds(wire.ends, Number.POSITIVE_INFINITY)
    return this.transcript
  }

  /** What the next record of a side would be sealed with; null when its keys are not known. */
  async sealing(from: Side, type: number, length: number): Promise<Sealing | null> {
    return (await this.sides[from].protection?.sealing(type, length)) ?? null
  }

  private tellEnds(ends: Wire['ends'] = [], beforeMs: number): void {
    for (; (ends[this.endsRead]?.atMs ?? beforeMs) < beforeMs; this.endsRead++) {
      const { from, how, atMs } = ends[this.endsRead] ?? { from: 'client', how: 'closed', atMs: 0 }
      this.nowMs = atMs
      this.encrypted = false
      this.tell(from, 0, { name: 'End', how })
    }
  }

  private async record(from: Side, side: Direction, record: TlsRecord): Promise<void> {
    const { type, fragment } = record
    const tls13 = this.transcript.version === 'TLSv1.3'
    // TLS 1.3 protects what says to be application data, TLS 1.2 all after ChangeCipherSpec.
    const isProtected = type === 23 || (!tls13 && side.protection !== undefined)
    this.encrypted = isProtected
    if (!isProtected) return this.content(from, side, type, fragment)
    const opened = await side.protection?.open(record)
    if (opened) return this.content(from, side, opened.type, opened.content)
    this.tellMore(from, 'Closed', fragment.length)
  }

  private async content(from: Side, side: Direction, type: number, content: Uint8Array): Promise<void> {
    if (type === 23) {
      this.onData?.(from, content)
      return this.tellMore(from, 'ApplicationData', content.length)
    }
    if (type === 22) return this.handshake(from, side, content)
    if (type === 20) {
      this.tell(from, content.length, { name: 'ChangeCipherSpec' })
      // In TLS 1.3 the record is an empty gesture towards middleboxes (RFC 8446 appendix D.4).
      if (this.transcript.version !== 'TLSv1.3') {
        this.pending ??= this.tls12Keys()
        side.protection = this.pending?.[from] ?? null
      }
    } else if (type === 21 && content.length === 2) {
      const [level = 0, number = 0] = content
      const alert = alertName(number)
      this.tell(from, 2, { name: 'Alert', level: level === 1 ? 'warning' : 'fatal', number, alert })
    } else this.tell(from, content.length, { name: 'OtherRecord', type })
  }

  private async handshake(from: Side, side: Direction, fragment: Uint8Array): Promise<void> {
    let last: Handshake | undefined
    for (const raw of side.handshakes.add(fragment)) {
      if (this.transcript.messages.length >= mostMessages) {
        this.transcript.passedOver++
        continue
      }
      last = decodeHandshake(raw, { version: this.transcript.version, suite: this.serverHello?.suite })
      this.tell(from, 4 + raw.body.length, last)
      if (last.name === 'ClientHello') this.clientRandom = last.random
      if (last.name === 'ServerHello' || last.name === 'HelloRetryRequest') this.settle(last)
      if (last.name === 'EncryptedExtensions') this.transcript.alpn = protocolsIn(extensionOf(last.extensions, 16))[0]
    }
    // RFC 8446 section 5.1: keys change after the last message of a record, or not at all.
    if (this.transcript.version !== 'TLSv1.3') return
    if (last?.name === 'Finished') {
      side.protection = this.trafficKeys(from === 'client' ? 'CLIENT_TRAFFIC_SECRET_0' : 'SERVER_TRAFFIC_SECRET_0')
    }
    if (last?.name === 'KeyUpdate' && side.protection instanceof RecordKeys) {
      side.protection = await side.protection.next()
    }
  }

  /** The hellos are complete: from here on it is known what protects the rest. */
  private settle(hello: Extract<Handshake, ServerHello>): void {
    const { transcript, sides } = this
    transcript.version = hello.version
    transcript.suite = hello.cipherSuite
    this.serverHello = hello
    this.pending = undefined
    if (hello.name === 'HelloRetryRequest') return
    if (hello.version !== 'TLSv1.3') {
      transcript.alpn = protocolsIn(extensionOf(hello.extensions, 16))[0]
      return
    }
    sides.client.protection = this.trafficKeys('CLIENT_HANDSHAKE_TRAFFIC_SECRET')
    sides.server.protection = this.trafficKeys('SERVER_HANDSHAKE_TRAFFIC_SECRET')
  }

  private trafficKeys(label: SecretLabel): RecordKeys | null {
    const secret = secretFor(this.keylog, label, this.clientRandom)
    const suite = suiteOf(this.serverHello?.suite ?? 0)
    return secret && suite && !('mac' in suite) ? new RecordKeys(this.use, suite, secret) : null
  }

  /** RFC 5246 section 7.1: ChangeCipherSpec puts the keys of the latest handshake to use. */
  private tls12Keys(): Record<Side, Protection> | null {
    const { serverHello: hello, clientRandom } = this
    const masterSecret = secretFor(this.keylog, 'CLIENT_RANDOM', clientRandom)
    const suite = suiteOf(hello?.suite ?? 0)
    if (hello?.version !== 'TLSv1.2' || !masterSecret || !suite) return null
    const encryptThenMac = extensionOf(hello.extensions, 22) !== undefined
    const randoms = { clientRandom: bytesOfHex(clientRandom), serverRandom: bytesOfHex(hello.random) }
    return tls12Protection(this.use, { suite, masterSecret, encryptThenMac, ...randoms })
  }

  private tell(from: Side, bytes: number, spoken: Spoken): void {
    const { messages } = this.transcript
    if (messages.length >= mostMessages) this.transcript.passedOver++
    else messages.push(Object.assign(spoken, { from, atMs: this.nowMs, encrypted: this.encrypted, bytes }))
  }

  /** Counts records whose content is not told one by one. */
  private tellMore(from: Side, name: 'ApplicationData' | 'Closed', bytes: number): void {
    const last = this.transcript.messages.at(-1)
    if (last?.name !== name || last.from !== from) {
      this.tell(from, bytes, { name, records: 1, untilMs: this.nowMs })
      return
    }
    last.records++
    last.bytes += bytes
    last.untilMs = this.nowMs
  }
}
