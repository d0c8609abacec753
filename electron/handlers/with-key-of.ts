import { readRequest } from '../../shared/pki/request.ts'
import type { SigningKey } from '../../shared/pki/signing-key.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Means } from '../means.ts'
import { signIn, withToken } from '../tokens/token-signing.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { derOfPem } from './identity-detail.ts'

type KeyMeans = Pick<Means, 'vault' | 'tokens' | 'tokenLibraries'>

/** Signs with an identity's key, wherever it is: unsealed for that long, or in its token. */
export async function withKeyOf<T>(
  means: KeyMeans,
  record: IdentityRecord,
  use: (signer: SigningKey) => Promise<T>,
): Promise<Result<T>> {
  const { handle, keyPlace, plan, requestPem } = record
  if (keyPlace) {
    const spki = readRequest(derOfPem(requestPem))?.spki
    if (!spki) return refuse({ code: 'vault.record-damaged', name: plan.name })
    const allowed = await means.tokenLibraries.allows(keyPlace.library)
    if (!allowed.ok) return allowed
    const tokens = await means.tokens()
    return withToken(() => use({ key: plan.key, spki, sign: signIn(tokens, keyPlace, plan.key) }))
  }
  const pkcs8 = await means.vault.identities.secret(handle, 'privateKey')
  if (!pkcs8.ok) return pkcs8
  if (!pkcs8.value) return refuse({ code: 'vault.record-damaged', name: plan.name })
  try {
    return ok(await use({ key: plan.key, pkcs8: pkcs8.value }))
  } finally {
    pkcs8.value.fill(0)
  }
}
