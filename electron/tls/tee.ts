import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import { Recording } from './recording.ts'

/** Of each direction. A handshake is some kilobytes, the answer we keep is 64 KiB; a flood is not recorded on. */
const longestRecord = 2 * 1024 * 1024
/** Beyond these a trickle's pieces are added up. */
const mostPieces = 20_000

type Piece = RecordedWire['pieces'][number]
type End = NonNullable<RecordedWire['ends']>[number]

export type TeeOptions = {
  /** Which side the bytes that we write are of: ours is the client's unless a listener says otherwise. */
  here?: Piece['from']
  /** Of each direction. */
  mostBytes?: number
}

/** A socket's stand-in for TLS: passes everything on and keeps a bounded copy of both directions, with its times. */
export class Tee extends Duplex {
  readonly pieces: Piece[] = []
  /** How each side ended it, the first of its ends only. */
  readonly ends: End[] = []
  private readonly socket: Socket
  private readonly elapsedMs: () => number
  private readonly here: Piece['from']
  private readonly there: Piece['from']
  private readonly outward: Recording
  private readonly inward: Recording

  constructor(
    socket: Socket,
    elapsedMs: () => number,
    { here = 'client', mostBytes = longestRecord }: TeeOptions = {},
  ) {
    super({ allowHalfOpen: true })
    this.socket = socket
    this.elapsedMs = elapsedMs
    this.here = here
    this.there = here === 'client' ? 'server' : 'client'
    this.outward = new Recording(mostBytes)
    this.inward = new Recording(mostBytes)
    socket.on('data', (chunk: Buffer) => {
      this.note(this.there, this.inward.add(chunk))
      if (!this.push(chunk)) socket.pause()
    })
    socket.on('end', () => {
      this.noteEnd(this.there, 'closed')
      this.push(null)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET') this.noteEnd(this.there, 'reset')
      this.destroy(error)
    })
    socket.on('close', () => this.destroy())
    socket.pause()
  }

  /** What the client has sent, whichever side we are. */
  sent(): Uint8Array {
    return (this.here === 'client' ? this.outward : this.inward).bytes()
  }

  /** What the client has received. */
  received(): Uint8Array {
    return (this.here === 'client' ? this.inward : this.outward).bytes()
  }

  /** More passed than was kept. */
  get cut(): boolean {
    return this.outward.cut || this.inward.cut
  }

  private note(from: Piece['from'], bytes: number): void {
    const last = this.pieces.at(-1)
    if (bytes === 0) return
    if (this.pieces.length < mostPieces) this.pieces.push({ from, bytes, atMs: this.elapsedMs() })
    else if (last?.from === from) last.bytes += bytes
  }

  private noteEnd(from: End['from'], how: End['how']): void {
    if (!this.ends.some((end) => end.from === from)) this.ends.push({ from, how, atMs: this.elapsedMs() })
  }

  override _read(): void {
    this.socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.note(this.here, this.outward.add(chunk))
    this.socket.write(chunk, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.noteEnd(this.here, 'closed')
    this.socket.end(done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.ends.some(({ how }) => how === 'reset')) this.noteEnd(this.here, 'closed')
    this.socket.destroy()
    done(error)
  }
}
