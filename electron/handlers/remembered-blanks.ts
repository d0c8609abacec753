import { z } from 'zod'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { TestingMeans } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { changeIdentity } from './identity-detail.ts'

const Values = z.record(z.string(), z.string())

/** What the user asked to keep for an identity's calls, by blank. */
export async function rememberedBlanks(
  { vault }: TestingMeans,
  record: IdentityRecord,
): Promise<Result<Record<string, string>>> {
  if (record.remembered.length === 0) return ok({})
  const sealed = await vault.identities.secret(record.handle, 'blanks')
  if (!sealed.ok) return sealed
  if (!sealed.value) return ok({})
  try {
    return ok(Values.parse(JSON.parse(sealed.value.toString('utf8'))))
  } finally {
    sealed.value.fill(0)
  }
}

/** Keeps typed values beside those kept before, sealed with the identity; only blanks that the first call knows. */
export async function keepBlanks(
  means: TestingMeans,
  record: IdentityRecord,
  profile: Profile | undefined,
  typed: Record<string, string>,
): Promise<void> {
  const known = new Set(profile?.firstCall?.blanks.map(({ id }) => id))
  const kept = await rememberedBlanks(means, record)
  const values = { ...(kept.ok ? kept.value : {}) }
  for (const [id, value] of Object.entries(typed)) if (known.has(id)) values[id] = value
  const bytes = new TextEncoder().encode(JSON.stringify(values))
  const remembered = Object.keys(values).sort()
  if (remembered.length > 0) {
    await changeIdentity(means, record.handle, (stored) => ({ ...stored, remembered }), { blanks: bytes })
  }
  bytes.fill(0)
}
