import type { BundleFrom } from '../history/support-bundle.ts'
import type { Means } from '../means.ts'
import { detailOf } from './identity-detail.ts'

/** What of an identity may be handed on: its certificate, what stands above it, and what is noticeable about it. */
export async function certificatePart(means: Means, handle: string): Promise<BundleFrom['identity']> {
  const record = await means.vault.identities.find(handle)
  if (!record) return undefined
  const { name, certificatePem, certificateFacts, chain, findings } = await detailOf(means, record)
  return {
    name,
    ...(certificatePem !== undefined &&
      certificateFacts !== undefined && { certificate: { pem: certificatePem, facts: certificateFacts } }),
    chain,
    findings,
  }
}
