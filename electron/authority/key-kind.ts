import type { Facts } from '../../shared/pki/facts.ts'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'

const curves: Record<string, string> = { prime256v1: 'ec-p256', secp384r1: 'ec-p384', secp521r1: 'ec-p521' }

/** Which of the app's kinds of keys a certificate has; undefined when it is another. */
export function keyKindOf({ keyAlgorithm, keyBits, curve }: Facts): KeyAlgorithm | undefined {
  const named =
    keyAlgorithm === 'RSA'
      ? `rsa-${keyBits}`
      : keyAlgorithm === 'EC'
        ? (curves[curve ?? ''] ?? '')
        : (keyAlgorithm ?? '').toLowerCase()
  const read = KeyAlgorithm.safeParse(named)
  return read.success ? read.data : undefined
}
