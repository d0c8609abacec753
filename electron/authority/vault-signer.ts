import { signDer } from '../../shared/pki/sign-der.ts'
import { ok, refuse } from '../../shared/result.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import { mayUse } from './may-use.ts'
import { ownSigner, type SignPart } from './own-signer.ts'
import type { Signer } from './signer.ts'
import type { SigningMeans } from './signers.ts'

/** The key sealed beside the authority's record: unsealed for one signature, then overwritten. */
export function vaultSigner(means: SigningMeans, record: AuthorityRecord): Signer {
  const { key, handle, name } = record
  const sign: SignPart = async (tbsOf, what) => {
    if (!key) return refuse({ code: 'vault.record-damaged', name })
    const allowed = await mayUse(means, record, what)
    if (!allowed.ok) return allowed
    const pkcs8 = await means.vault.authorities.secret(handle, 'privateKey')
    if (!pkcs8.ok) return pkcs8
    if (!pkcs8.value) return refuse({ code: 'vault.record-damaged', name })
    try {
      return ok(await signDer(tbsOf(key), { pkcs8: pkcs8.value, key }))
    } finally {
      pkcs8.value.fill(0)
    }
  }
  return ownSigner(key, sign)
}
