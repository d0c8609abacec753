import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'

export type Captures = {
  keep(attempt: string, wire: RecordedWire): void
  find(attempt: string): RecordedWire | undefined
  /** When the vault is locked: with its secrets a capture shows what was sent. */
  clear(): void
}

const mostCaptures = 20
const mostBytes = 32 * 1024 * 1024
const longestMs = 30 * 60_000

const sizeOf = ({ sent, received }: RecordedWire) => sent.length + received.length

/** What went over the wire in the last tests, in memory only and for a while. */
export function createCaptures(nowMs: () => number = () => performance.now()): Captures {
  const kept = new Map<string, { wire: RecordedWire; since: number }>()
  const tidy = () => {
    let bytes = 0
    let count = 0
    for (const [attempt, { wire, since }] of [...kept].reverse()) {
      bytes += sizeOf(wire)
      count++
      if (count > mostCaptures || bytes > mostBytes || nowMs() - since > longestMs) kept.delete(attempt)
    }
  }
  return {
    keep(attempt, wire) {
      kept.set(attempt, { wire, since: nowMs() })
      tidy()
    },
    find(attempt) {
      tidy()
      return kept.get(attempt)?.wire
    },
    clear: () => kept.clear(),
  }
}
