import type { Side, Wire } from './transcript.ts'

/**
 * All that passed over the TLS connection of one attempt, with what opens it: the key log makes the request and its
 * secrets readable, so this stays in the main process and is kept sealed. A proxy's part lies before it.
 */
export type RecordedWire = Wire & {
  /** Every read and write as it passed, in order: its bytes follow those of its direction before it. */
  pieces: { from: Side; bytes: number; atMs: number }[]
  /** What `atMs` counts from. */
  startedAt: string
  local: { address: string; port: number }
  /** The host, or the proxy where there is one. */
  remote: { address: string; port: number }
  /** More passed than is kept of either direction. */
  cut: boolean
}
