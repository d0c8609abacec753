import type { Aead } from './cipher-suites.ts'
import type { TlsRecord } from './records.ts'

/** What a protected record held: its true type (which TLS 1.3 hides) and its content. */
export type Opened = { type: number; content: Uint8Array }

/** What the next record of a direction is sealed with: `header` and `explicit` go before it, `inner` at its plain end. */
export type Sealing = {
  cipher: Aead
  key: Uint8Array
  nonce: Uint8Array
  additional: Uint8Array
  header: Uint8Array
  explicit: Uint8Array
  inner: Uint8Array
}

export type Protection = {
  /** Opens the protected records of one direction, in their order. Null: not sealed with these keys. */
  open(record: TlsRecord): Promise<Opened | null>
  /** For a record of this type and length after those that were opened; null where that is not written here. */
  sealing(type: number, length: number): Promise<Sealing | null>
}

/** The sequence number of a record as eight bytes (RFC 8446 section 5.3, RFC 5246 section 6.1). */
export function sequenceBytes(sequence: number): Uint8Array {
  const bytes = new Uint8Array(8)
  for (let i = 7, left = sequence; left > 0; i--, left = Math.floor(left / 256)) bytes[i] = left % 256
  return bytes
}

/** The nonce of RFC 8446 section 5.3 and RFC 7905 section 2: the sequence number laid over the twelve bytes of the IV. */
export function nonceOf(iv: Uint8Array, sequence: number): Uint8Array {
  // Not `slice`: on Node's Buffer that is a view, and the IV itself would change.
  const nonce = Uint8Array.from(iv)
  for (let i = 11, left = sequence; left > 0; i--, left = Math.floor(left / 256)) {
    nonce[i] = (nonce[i] ?? 0) ^ (left % 256)
  }
  return nonce
}
