import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** A handshake is some kilobytes, the answer we keep is 64 KiB; a server that sends more is not recorded on. */
const longestRecord = 512 * 1024

/** A socket's stand-in for TLS: passes everything on and keeps a bounded copy of both directions. */
export class Tee extends Duplex {
  private readonly socket: Socket
  private readonly sentChunks: Buffer[] = []
  private readonly receivedChunks: Buffer[] = []
  private sentBytes = 0
  private receivedBytes = 0

  constructor(socket: Socket) {
    super({ allowHalfOpen: true })
    this.socket = socket
    socket.on('data', (chunk: Buffer) => {
      if (this.receivedBytes < longestRecord) this.receivedChunks.push(chunk)
      this.receivedBytes += chunk.length
      if (!this.push(chunk)) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.destroy())
    socket.pause()
  }

  sent(): Uint8Array {
    return Buffer.concat(this.sentChunks).subarray(0, longestRecord)
  }

  received(): Uint8Array {
    return Buffer.concat(this.receivedChunks).subarray(0, longestRecord)
  }

  override _read(): void {
    this.socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.sentBytes < longestRecord) this.sentChunks.push(Buffer.from(chunk))
    this.sentBytes += chunk.length
    this.socket.write(chunk, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.socket.end(done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy()
    done(error)
  }
}
