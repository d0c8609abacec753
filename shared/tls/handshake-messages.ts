/** One handshake message, decoded as far as it matters for mutual TLS. `name` is the RFC's. */
export type Handshake =
  | ({ name: 'ClientHello' } & ClientHello)
  | ({ name: 'ServerHello' | 'HelloRetryRequest' } & ServerHello)
  | { name: 'EncryptedExtensions'; alpn?: string }
  | ({ name: 'CertificateRequest' } & CertificateRequest)
  | { name: 'Certificate'; certificates: Uint8Array[] }
  | { name: 'CertificateVerify'; scheme: string }
  | { name: 'NewSessionTicket'; lifetimeSeconds: number }
  | { name: 'KeyUpdate' }
  | { name: 'Finished' }
  | { name: 'ServerHelloDone' }
  | { name: 'Other'; type: number }
  /** The type was known but the content did not fit its form. */
  | { name: 'Malformed'; type: number }

export type ClientHello = {
  /** Lower-case hex: key logs name connections by it. */
  random: string
  serverName?: string
  alpn: string[]
  versions: string[]
  groups: string[]
  signatureSchemes: string[]
  cipherSuites: string[]
}

export type ServerHello = {
  random: string
  version: string
  /** Number and name of the chosen suite. */
  suite: number
  cipherSuite: string
  group?: string
  alpn?: string
}

export type CertificateRequest = {
  /** DER of each acceptable authority's name; empty when the server names none. */
  authorities: Uint8Array[]
  signatureSchemes: string[]
  /** TLS 1.2 only: `rsa_sign`, `ecdsa_sign` … */
  certificateTypes: string[]
}
