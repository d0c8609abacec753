import type { CertificateContent } from '../../shared/authority/certificate-content.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import type { Result } from '../../shared/result.ts'

export type SigningOrder = {
  /** The request as it came; a service is handed this. */
  requestDer: Bytes
  /** What the screen showed. */
  content: CertificateContent
  /** Whom it is for, as a question to the user names it. */
  whose: string
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
  /** What the key signs with; absent where a service does not say. */
  key?: KeyAlgorithm
  sign(order: SigningOrder): Promise<Result<Signed>>
  /**
   * Signs a revocation list (TBSCertList, DER, with `signatureIdentifier(key)` in it): answers the whole list. A service
   * that cannot refuses.
   */
  signList(tbs: Bytes): Promise<Result<Bytes>>
}
