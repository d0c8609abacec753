import { generateKeyPairSync, sign } from 'node:crypto'
import { der } from '../../shared/pki/der.ts'
import { toPem } from '../../shared/pki/pem.ts'

const types: Record<string, string> = { C: '2.5.4.6', O: '2.5.4.10', CN: '2.5.4.3' }

/** A signing request for an RSA key of 1024 bits, which neither the app nor WebCrypto's users make any more. */
export function smallKeyRequest(subject: string[]): string {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const name = der.sequence(
    ...subject.map((part) => {
      const [type, value] = part.split('=') as [string, string]
      return der.set(der.sequence(der.oid(types[type]!), der.utf8String(value)))
    }),
  )
  const info = der.sequence(der.integer(0), name, new Uint8Array(spki), der.context(0))
  const signature = new Uint8Array(sign('sha256', info, privateKey))
  const algorithm = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.null())
  return toPem('CERTIFICATE REQUEST', der.sequence(info, algorithm, der.bitString(signature)))
}
