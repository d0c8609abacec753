import type { Problem } from '../../shared/problems.ts'
import type { Means } from '../means.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'

/** Why a key may not be certified again: a certificate for it was revoked because the key is in other hands. */
export async function compromisedKey(
  { vault }: Pick<Means, 'vault'>,
  spkiSha256: string | undefined,
): Promise<Problem | null> {
  if (spkiSha256 === undefined) return null
  const { records } = await vault.issued.list()
  const found = records.find((one) => one.spkiSha256 === spkiSha256 && one.revoked?.reason === 'keyCompromise')
  return found?.revoked ? { code: 'sign.key-compromised', name: found.name, at: found.revoked.at } : null
}

/** Why an authority may not sign any more: the one above it has revoked its certificate. */
export async function revokedAuthority(
  { vault }: Pick<Means, 'vault'>,
  { name, certificatePem }: Pick<AuthorityRecord, 'name' | 'certificatePem'>,
): Promise<Problem | null> {
  const { records } = await vault.issued.list()
  const found = records.find((one) => one.revoked && one.certificatePem === certificatePem)
  return found?.revoked ? { code: 'sign.authority-revoked', name, at: found.revoked.at } : null
}
