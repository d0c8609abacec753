import { readCertificate } from '../../shared/pki/certificate.ts'
import { signDer } from '../../shared/pki/sign-der.ts'
import { refuse } from '../../shared/result.ts'
import type { TokenPlace } from '../../shared/tokens/token.ts'
import { derOfPem } from '../handlers/identity-detail.ts'
import { signIn, withToken } from '../tokens/token-signing.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import { mayUse } from './may-use.ts'
import { ownSigner, type SignPart } from './own-signer.ts'
import type { Signer } from './signer.ts'
import type { SigningMeans } from './signers.ts'

/** The key in a token, which signs there: certificates and revocation lists. The token has to be unlocked before. */
export function tokenSigner(means: SigningMeans, record: AuthorityRecord, place: TokenPlace): Signer {
  const { key, name } = record
  const sign: SignPart = async (tbsOf, what) => {
    const spki = readCertificate(derOfPem(record.certificatePem))?.spki
    if (!key || !spki) return refuse({ code: 'vault.record-damaged', name })
    const reached = await means.tokenLibraries.allows(place.library)
    if (!reached.ok) return reached
    const allowed = await mayUse(means, record, what)
    if (!allowed.ok) return allowed
    const tokens = await means.tokens()
    return withToken(() => signDer(tbsOf(key), { key, spki, sign: signIn(tokens, place, key) }))
  }
  return ownSigner(key, sign)
}
