import { createPrivateKey, X509Certificate } from 'node:crypto'
import { coded } from './failure.ts'

/**
 * Node loads an EC key beside an RSA certificate without a word and then sends no certificate at all; BoringSSL throws.
 * Both are told here, before a connection, in OpenSSL's codes.
 */
export function checkPair({ certificatePem, keyPem }: { certificatePem: string; keyPem: string }): void {
  let what: string
  try {
    const certificate = new X509Certificate(certificatePem)
    const key = createPrivateKey(keyPem)
    if (certificate.checkPrivateKey(key)) return
    what = certificate.publicKey.asymmetricKeyType === key.asymmetricKeyType ? 'VALUES' : 'TYPE'
  } catch {
    // Not readable here: the TLS library will say so in its own words.
    return
  }
  throw coded(`ERR_OSSL_X509_KEY_${what}_MISMATCH`, 'the private key does not belong to the certificate')
}
