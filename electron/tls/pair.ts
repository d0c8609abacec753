import { childrenOf, derOf, expect, orNull, Tag } from '../../shared/pki/der.ts'
import { oidOf } from '../../shared/pki/der-values.ts'
import { coded } from './failure.ts'

const kinds: Record<string, string> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA',
  '1.2.840.10045.2.1': 'EC',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
}

/**
 * Node loads an EC key beside an RSA certificate without a word and then sends no certificate at all; BoringSSL throws.
 * So the kinds are compared here, and told in OpenSSL's code. Two keys of one kind are told apart by either library.
 */
export function checkKinds({ certificatePem, keyPem }: { certificatePem: string; keyPem: string }): void {
  const ofCertificate = orNull(() => {
    const fields = childrenOf(childrenOf(derOf(bodyOf(certificatePem)), Tag.sequence)[0], Tag.sequence)
    const spki = fields[fields[0]?.id === 0xa0 ? 6 : 5]
    return kinds[oidOf(expect(childrenOf(childrenOf(spki, Tag.sequence)[0], Tag.sequence)[0], Tag.oid))]
  })
  const ofKey = keyKind(keyPem)
  if (!ofCertificate || !ofKey || ofCertificate === ofKey) return
  throw coded('ERR_OSSL_X509_KEY_TYPE_MISMATCH', `the certificate is for an ${ofCertificate} key, the key is ${ofKey}`)
}

function keyKind(pem: string): string | null | undefined {
  if (pem.includes('BEGIN RSA PRIVATE KEY')) return 'RSA'
  if (pem.includes('BEGIN EC PRIVATE KEY')) return 'EC'
  return orNull(() => {
    const algorithm = childrenOf(derOf(bodyOf(pem)), Tag.sequence)[1]
    return kinds[oidOf(expect(childrenOf(algorithm, Tag.sequence)[0], Tag.oid))]
  })
}

/** The bytes of the first PEM block, with whatever stands before it passed over. */
function bodyOf(pem: string): Uint8Array {
  const body = /-----BEGIN [A-Z0-9 ]+-----([\s\S]*?)-----END/.exec(pem)?.[1] ?? ''
  return Buffer.from(body, 'base64')
}
