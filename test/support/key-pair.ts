import { createPrivateKey, X509Certificate } from 'node:crypto'

/** Does this private key (PKCS#8) belong to this certificate? */
export const verifyKeyPair = (pkcs8: Uint8Array, certificatePem: string): boolean =>
  new X509Certificate(certificatePem).checkPrivateKey(
    createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }),
  )
