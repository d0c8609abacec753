import { readCertificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import { toPem } from '../pki/pem.ts'

/** The certificate and its issuers less a root: whoever accepts it has that one, and some servers mind it. */
export const presented = (certificateDer: Bytes, chain: readonly Bytes[]): string =>
  [certificateDer, ...chain.filter((der) => readCertificate(der)?.facts.selfSigned !== true)]
    .map((der) => toPem('CERTIFICATE', der))
    .join('')
