import { handoverFactsOf } from '../../shared/handover/checklist.ts'
import type { IdentitySummary, Renewal } from '../../shared/identity.ts'
import type { VaultState } from '../../shared/vault/state.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'

/** What the list shows: the stored state, as it is; dates are judged by `shared/expiry`. */
export function summaryOf(
  record: IdentityRecord,
  keptBy: VaultState['keptBy'],
  renewals?: ReadonlyMap<string, Renewal>,
): IdentitySummary {
  const { handle, plan, providerName, environmentName, state, commonName, createdAt, notBefore, notAfter } = record
  const { lastTest, replacedBy, practice, spkiSha256, tags, note } = record
  return {
    handle,
    name: plan.name,
    provider: plan.provider,
    providerName,
    environment: plan.environment,
    environmentName,
    state,
    commonName,
    key: plan.key,
    keptBy: keptBy ?? 'passphrase',
    createdAt,
    notBefore,
    notAfter,
    lastTest,
    replacedBy,
    renews: plan.renews,
    ...(record.keyPlace && { keyPlace: record.keyPlace }),
    practice,
    spkiSha256,
    tags,
    note,
    renewal: renewals?.get(handle),
    handover: handoverFactsOf(record),
  }
}
