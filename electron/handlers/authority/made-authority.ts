import type { AuthorityPlan } from '../../../shared/authority/authority-plan.ts'
import type { AuthorityDetail } from '../../../shared/calls/authority.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { keyLabel } from '../../../shared/pki/key-labels.ts'
import type { KeyAlgorithm } from '../../../shared/pki/key-plan.ts'
import { toPem } from '../../../shared/pki/pem.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { usualDefaults } from '../../authority/usual-defaults.ts'
import type { Means } from '../../means.ts'
import type { AuthorityRecord } from '../../vault/authority-record.ts'
import { newHandle } from '../../vault/records.ts'
import { authorityDetailOf } from './authority-detail.ts'

/** What says of an authority that another one here issued it. */
export const under = (above: AuthorityRecord) => ({
  kind: 'issuing' as const,
  parent: above.handle,
  chainPem: [above.certificatePem],
})

/** Tells the page, and answers the authority whole. */
export async function told(
  means: Pick<Means, 'vault' | 'news'>,
  record: AuthorityRecord,
): Promise<Result<AuthorityDetail>> {
  means.news({ kind: 'authorities-changed' })
  return ok(await authorityDetailOf(means, record))
}

/** The record of an authority whose key is in the vault, unless another place is put in. */
export function recordOf(
  plan: AuthorityPlan,
  { certificateDer, key }: { certificateDer: Uint8Array; key: KeyAlgorithm },
  now: Date,
  name: string,
): AuthorityRecord {
  const { facts } = readCertificate(certificateDer)!
  const createdAt = now.toISOString()
  return {
    handle: newHandle(),
    name,
    kind: 'root',
    keyPlace: { at: 'vault' },
    key,
    certificatePem: toPem('CERTIFICATE', certificateDer),
    chainPem: [],
    createdAt,
    notBefore: facts.notBefore!,
    notAfter: facts.notAfter!,
    askEachTime: plan.askEachTime,
    defaults: usualDefaults,
    history: [{ at: createdAt, what: 'created', detail: keyLabel[key] }],
  }
}
