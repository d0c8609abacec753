/** Enough for most handshakes, and small enough for Node to take it from its pool. */
const firstBytes = 4000

/** One direction of a connection, copied into one growing buffer: a server that trickles must not cost a heap of chunks. */
export class Recording {
  private readonly most: number
  private buffer = Buffer.allocUnsafe(firstBytes)
  private length = 0
  cut = false

  constructor(mostBytes: number) {
    this.most = mostBytes
  }

  /** Answers how many bytes of it were kept. */
  add(chunk: Uint8Array): number {
    const kept = Math.min(chunk.length, this.most - this.length)
    if (kept < chunk.length) this.cut = true
    if (this.length + kept > this.buffer.length) {
      const size = Math.min(this.most, Math.max(2 * this.buffer.length, this.length + kept))
      const larger = Buffer.allocUnsafe(size)
      this.buffer.copy(larger, 0, 0, this.length)
      this.buffer = larger
    }
    this.buffer.set(kept === chunk.length ? chunk : chunk.subarray(0, kept), this.length)
    this.length += kept
    return kept
  }

  /** What was recorded until now; what comes later does not change it. */
  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }
}
