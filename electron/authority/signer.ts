import type { Bytes } from '../../shared/pki/der.ts'
import type { NewExtension } from '../../shared/pki/extension-writer.ts'
import type { Result } from '../../shared/result.ts'

/** All that a certificate will say, decided before anything is signed. Names and key are DER, and are written octet for octet. */
export type CertificateContent = {
  subject: Bytes
  issuer: Bytes
  spki: Bytes
  /** Hex. */
  serial: string
  validity: { from: Date; to: Date }
  extensions: readonly NewExtension[]
}

export type SigningOrder = {
  /** The request as it came; a service is handed this. */
  requestDer: Bytes
  /** What the screen showed. */
  content: CertificateContent
  signal?: AbortSignal
}

/** What came back: the certificate, and the issuers that a service sent along, nearest first. */
export type Signed = { certificateDer: Bytes; chainDer: Bytes[] }

/**
 * One way to a signature: the key in the vault, in a token, or a service that a company runs. Whoever calls this checks
 * what comes back against what was shown.
 */
export type Signer = {
  /** `us`: the content is signed as it stands. `service`: its own policy decides, and the answer may differ. */
  decides: 'us' | 'service'
  sign(order: SigningOrder): Promise<Result<Signed>>
  /** Signs a revocation list (TBSCertList, DER): answers the whole list. A service that cannot refuses. */
  signList(tbs: Bytes): Promise<Result<Bytes>>
}
