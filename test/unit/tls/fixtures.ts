import { readFileSync } from 'node:fs'
import type { Piece, Side, Wire } from '../../../shared/tls/transcript.ts'

export const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

export const record = (type: number, ...fragment: number[]): number[] => [
  type,
  3,
  3,
  fragment.length >> 8,
  fragment.length & 255,
  ...fragment,
]

export const message = (type: number, ...body: number[]): number[] => [
  type,
  body.length >> 16,
  (body.length >> 8) & 255,
  body.length & 255,
  ...body,
]

/** A wire from pieces in the order of their passing, one millisecond apart. */
export function wireOf(pieces: readonly [Side, Uint8Array][], keylog: readonly string[] = []): Wire {
  const of = (side: Side) => new Uint8Array(Buffer.concat(pieces.filter(([from]) => from === side).map(([, b]) => b)))
  const timed: Piece[] = pieces.map(([from, piece], i) => ({ from, bytes: piece.length, atMs: i + 1 }))
  return { sent: of('client'), received: of('server'), keylog, pieces: timed }
}

/** A trace of RFC 8448: its records in the order of the RFC, and the secrets that it prints. */
export function rfc8448(name: string): Wire {
  const file = new URL(`../../fixtures/tls/rfc8448-${name}.json`, import.meta.url)
  const trace = JSON.parse(readFileSync(file, 'utf8')) as { wire: { from: Side; hex: string }[]; keylog: string[] }
  return wireOf(
    trace.wire.map(({ from, hex }) => [from, bytes(hex)]),
    trace.keylog,
  )
}
