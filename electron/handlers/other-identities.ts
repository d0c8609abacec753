import { pemBlocks } from '../../shared/pki/pem.ts'
import type { ProbeResult } from '../../shared/tls/attempt.ts'
import { authorityKin } from '../../shared/tls/name-kinship.ts'
import type { TestingMeans } from '../means.ts'
import type { Other } from '../tls/differential.ts'
import { type Spare, spareIssuers } from '../tls/spare-issuers.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { certificateFactsOf, derOfPem } from './identity-detail.ts'
import { openIdentity } from './open-identity.ts'

/** What the vault has beside an identity that was refused, to try at the same host. */
export async function besides(means: TestingMeans, record: IdentityRecord): Promise<{ others: Other[]; spare: Spare }> {
  const { records } = await means.vault.identities.list()
  const kin = records.filter(
    ({ plan, practice }) => plan.provider === record.plan.provider && practice === record.practice,
  )
  const bundles = [...kin.flatMap(({ chainPem }) => chainPem), ...kin.map(({ serverCaPem }) => serverCaPem ?? '')]
  const atHand = bundles.flatMap((pem) => pemBlocks(pem).map(({ der }) => der))
  const spare = record.certificatePem
    ? await spareIssuers(derOfPem(record.certificatePem), record.chainPem.length, atHand)
    : { pem: [], named: '' }
  return { others: await othersAmong(means, kin, record), spare }
}

/**
 * Identities for the same environment that should work there, those that have worked before first. None while the vault
 * is locked: a probe is no reason to ask for its passphrase.
 */
async function othersAmong(
  means: TestingMeans,
  kin: readonly IdentityRecord[],
  tested: IdentityRecord,
): Promise<Other[]> {
  const { state } = await means.vault.state()
  if (state !== 'open') return []
  const now = means.now().toISOString()
  const usable = kin.filter(
    ({ handle, plan, state, certificatePem, notAfter = now }) =>
      handle !== tested.handle &&
      plan.environment === tested.plan.environment &&
      state === 'ready' &&
      certificatePem !== undefined &&
      notAfter > now,
  )
  const worked = ({ lastTest }: IdentityRecord) => (lastTest?.outcome === 'accepted' ? 0 : 1)
  const inOrder = usable.sort((a, b) => worked(a) - worked(b) || b.createdAt.localeCompare(a.createdAt))
  return inOrder.map((other) => ({
    name: other.plan.name,
    ...authorityOf(tested, other),
    async open() {
      const opened = await openIdentity(means, other)
      return opened.ok ? opened.value : null
    },
  }))
}

function authorityOf(
  tested: IdentityRecord,
  other: IdentityRecord,
): { authority?: NonNullable<ProbeResult['authority']> } {
  const [ours, theirs] = [tested, other].map(({ certificatePem = '' }) => certificateFactsOf(certificatePem))
  return ours && theirs ? { authority: authorityKin(ours, theirs) } : {}
}
