import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { generateKey, spkiSha256 } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { sealPkcs8 } from '../../shared/pki/pkcs8.ts'
import { buildRequest, prepareX509 } from '../../shared/pki/x509.ts'
import type { CheckedPlan } from '../../shared/providers/conformance.ts'
import { sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'

/** A key's file: encrypted PKCS#8 under a passphrase, or PKCS#8 in the clear without one. */
export const keyText = (pkcs8: Uint8Array, passphrase: string | null): Promise<string> | string =>
  passphrase === null ? toPem('PRIVATE KEY', pkcs8) : sealPkcs8(pkcs8, passphrase)

/** A new key. Its library for requests is loaded beside it. */
export async function makeKey(key: KeyAlgorithm): Promise<{ pkcs8: Uint8Array; spkiSha256: string }> {
  const [{ pkcs8, spki }] = await Promise.all([generateKey(key), prepareX509()])
  return { pkcs8, spkiSha256: await spkiSha256(spki) }
}

export async function makeRequest(profile: Profile, plan: CheckedPlan, passphrase: string | null) {
  const { pkcs8, spkiSha256: digest } = await makeKey(plan.key)
  const subject = subjectOf(profile, plan)
  const { pem } = await buildRequest({ pkcs8, key: plan.key, subject, subjectAltNames: sansOf(plan) })
  const text = await keyText(pkcs8, passphrase)
  pkcs8.fill(0)
  return { keyText: text, requestPem: pem, spkiSha256: digest }
}
