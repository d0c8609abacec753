/** One handshake message. `name` is the RFC's; byte strings are views of what was decoded, not copies. */
export type Handshake =
  | { name: 'HelloRequest' | 'ServerHelloDone' | 'EndOfEarlyData' }
  | ({ name: 'ClientHello' } & ClientHello)
  | ({ name: 'ServerHello' } & ServerHello)
  | ({ name: 'HelloRetryRequest' } & ServerHello)
  | { name: 'EncryptedExtensions'; extensions: Extension[] }
  | ({ name: 'CertificateRequest' } & CertificateRequest)
  | ({ name: 'Certificate' } & Certificates)
  | { name: 'CompressedCertificate'; algorithm: number; plainBytes: number }
  | { name: 'CertificateStatus'; kind: number; responseBytes: number }
  | { name: 'CertificateVerify'; scheme: string; signatureBytes: number }
  | ({ name: 'ServerKeyExchange' } & ServerKeyExchange)
  | { name: 'ClientKeyExchange'; exchange: KeyExchange; keyBytes: number }
  | ({ name: 'NewSessionTicket' } & SessionTicket)
  | { name: 'KeyUpdate'; wantsOurs: boolean }
  | { name: 'Finished'; verifyData: Uint8Array }
  /** A type that has no decoder here. */
  | { name: 'Other'; type: number; body: Uint8Array }
  /** The type was known but the content did not fit its form. */
  | { name: 'Malformed'; type: number; body: Uint8Array }

export type Extension = { number: number; content: Uint8Array }

export type KeyExchange = 'ECDHE' | 'DHE' | 'RSA'

export type ClientHello = {
  /** Lower-case hex: key logs name connections by it. */
  random: string
  legacyVersion: number
  sessionId: Uint8Array
  suites: number[]
  compressions: number[]
  extensions: Extension[]
}

export type ServerHello = {
  random: string
  version: string
  /** Number and name of the chosen suite. */
  suite: number
  cipherSuite: string
  sessionId: Uint8Array
  extensions: Extension[]
}

export type CertificateRequest = {
  /** Empty but for a request after the handshake of TLS 1.3. */
  context: Uint8Array
  /** DER of each acceptable authority's name; empty when the server names none. */
  authorities: Uint8Array[]
  signatureSchemes: string[]
  /** TLS 1.2 only: `rsa_sign`, `ecdsa_sign` … */
  certificateTypes: string[]
  /** TLS 1.3 only. */
  extensions: Extension[]
}

export type Certificates = {
  /** DER of each, the sender's own first; none at all is an answer. */
  certificates: Uint8Array[]
  /** What came with each of them, in TLS 1.3. */
  extensions: Extension[][]
}

export type ServerKeyExchange = {
  exchange: KeyExchange
  /** Name of the curve, or the size of the prime: `2048-bit prime`. */
  group: string
  keyBytes: number
  /** Absent when the key is not signed, as in anonymous suites. */
  scheme?: string
}

export type SessionTicket = {
  lifetimeSeconds: number
  ticketBytes: number
  /** TLS 1.3 only. */
  extensions: Extension[]
}
