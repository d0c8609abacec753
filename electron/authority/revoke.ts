import type { RevocationReason } from '../../shared/authority/revocation-reason.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { IssuedRecord } from '../vault/authority-record.ts'
import { withAuthorityEvent } from './authority-history.ts'
import type { SigningMeans } from './signers.ts'

export type Revocation = { reason: RevocationReason; invalidSince?: string }

/** Notes in the book that a certificate is no longer good. Servers learn of it by the next list. */
export async function revoke(
  { vault, now }: Pick<SigningMeans, 'vault' | 'now'>,
  issued: string,
  { reason, invalidSince }: Revocation,
): Promise<Result<IssuedRecord>> {
  const record = await vault.issued.find(issued)
  if (!record) return refuse({ code: 'issued.no-such' })
  const { name, revoked } = record
  if (revoked) return refuse({ code: 'issued.revoked-already', name, at: revoked.at })
  const at = now().toISOString()
  if (invalidSince !== undefined && invalidSince > at) return refuse({ code: 'issued.invalid-later', name })
  const changed = await vault.issued.change(issued, (before) => ({
    ...before,
    revoked: { at, reason, ...(invalidSince !== undefined && { invalidSince }) },
  }))
  if (!changed) return refuse({ code: 'issued.no-such' })
  if (!changed.ok) return changed
  const event = { at, what: 'revoked', detail: `${name}: ${reason}`.slice(0, 300) }
  await vault.authorities.change(record.authority, (before) => withAuthorityEvent(before, event))
  await vault.journal.note({ what: 'revoked', kind: 'issued', id: issued, name, detail: reason })
  return ok(changed.value)
}
