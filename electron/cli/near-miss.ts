import type { ObjectKind } from '../../shared/pki/facts.ts'
import { refuse } from '../../shared/result.ts'

const kinds: Partial<Record<ObjectKind, string>> = {
  certificate: 'a certificate',
  request: 'a signing request (CSR)',
  crl: 'a revocation list',
  'private-key': 'a private key',
  'public-key': 'a public key',
  pkcs12: 'a bundle (PKCS#12)',
  pkcs7: 'a collection of certificates (PKCS#7)',
  keystore: 'a keystore',
}

/** Refuses a file by what it holds in place of the key or request that was looked for. */
export async function nearMiss(code: 'key.none-in-file' | 'request.none-in-file', name: string, bytes: Uint8Array) {
  const { findObjects } = await import('../../shared/pki/inspect.ts')
  const found = await findObjects(name, new Uint8Array(bytes), { passphrases: [], today: new Date() })
  const kind = found.map(({ object }) => kinds[object.kind]).find((known) => known !== undefined)
  return refuse(kind ? { code, name, found: kind } : (found[0]?.problem ?? { code: 'file.unknown-kind', name }))
}
