import type { IdentityPlan } from '../../shared/identity.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { publicHalf } from '../../shared/pki/public-half.ts'
import { readRequest } from '../../shared/pki/request.ts'
import type { SigningKey } from '../../shared/pki/signing-key.ts'
import { prepareX509 } from '../../shared/pki/x509.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { TokenChoice, TokenPlace } from '../../shared/tokens/token.ts'
import type { MakingMeans } from '../means.ts'
import { signIn, tokenKey } from '../tokens/token-signing.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { derOfPem, findIdentity } from './identity-detail.ts'

/** A key for an identity, and what becomes of it when the identity does not come about. */
export type NewKey = {
  signer: SigningKey
  spki: Uint8Array
  /** Absent for a key that is to be sealed in the vault. */
  keyPlace?: TokenPlace
  secrets: Record<string, Uint8Array>
  /** Overwrites what is in memory. */
  forget(): void
  /** Takes a key that was made in a token out of it again. */
  unmake(): Promise<void>
}

/** The key of the identity that is renewed; or one in a token, made there now or there already; or one made here. */
export async function makeKey(
  means: MakingMeans,
  plan: IdentityPlan,
  token: TokenChoice | undefined,
): Promise<Result<NewKey>> {
  // The library that writes requests is the heaviest thing in the app: loaded on first use, beside the key.
  const loaded = prepareX509()
  const made = plan.sameKey ? await keptKey(means, plan) : await freshKey(means, plan, token)
  await loaded
  return made
}

async function freshKey(
  means: MakingMeans,
  plan: IdentityPlan,
  token: TokenChoice | undefined,
): Promise<Result<NewKey>> {
  if (!token) return ok(vaultKey(plan, await generateKey(plan.key)))
  const made = await tokenKey(means, token, plan.key, plan.name)
  if (!made.ok) return made
  const { place, signer, spki } = made.value
  const unmake = async () => {
    if (token.keyId === undefined) await (await means.tokens()).unmake(place)
  }
  return ok({ signer, spki, keyPlace: place, secrets: {}, forget: () => {}, unmake })
}

const vaultKey = ({ key }: IdentityPlan, { pkcs8, spki }: { pkcs8: Uint8Array; spki: Uint8Array }): NewKey => ({
  signer: { key, pkcs8 },
  spki,
  secrets: { privateKey: pkcs8 },
  forget: () => void pkcs8.fill(0),
  unmake: async () => {},
})

/** For a provider or a user that wants to keep it. */
async function keptKey(means: MakingMeans, plan: IdentityPlan): Promise<Result<NewKey>> {
  const found = await findIdentity(means, plan.renews ?? '')
  if (!found.ok) return found
  const record = found.value
  const { name, key } = record.plan
  if (key !== plan.key) return refuse({ code: 'renewal.other-key', name })
  if (record.keyPlace) return keptInToken(means, record, record.keyPlace)
  const secret = await means.vault.identities.secret(record.handle, 'privateKey')
  if (!secret.ok) return secret
  if (!secret.value) return refuse({ code: 'vault.record-damaged', name })
  const pkcs8 = Uint8Array.from(secret.value)
  secret.value.fill(0)
  const spki = await publicHalf(pkcs8)
  return spki ? ok(vaultKey(plan, { pkcs8, spki })) : refuse({ code: 'vault.record-damaged', name })
}

async function keptInToken(means: MakingMeans, record: IdentityRecord, place: TokenPlace): Promise<Result<NewKey>> {
  const allowed = await means.tokenLibraries.allows(place.library)
  if (!allowed.ok) return allowed
  const { key, name } = record.plan
  const spki = readRequest(derOfPem(record.requestPem))?.spki
  if (!spki) return refuse({ code: 'vault.record-damaged', name })
  const signer = { key, spki, sign: signIn(await means.tokens(), place, key) }
  return ok({ signer, spki, keyPlace: place, secrets: {}, forget: () => {}, unmake: async () => {} })
}
