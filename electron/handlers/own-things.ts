import type { Own } from '../../shared/pki/mine.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { Means } from '../means.ts'

/** What my identities hold, for finding out what a dropped object has to do with them. */
export async function ownThings({ vault }: Pick<Means, 'vault'>): Promise<Own[]> {
  const { records } = await vault.identities.list()
  return records.map(({ handle, plan, requestPem, certificatePem }) => ({
    identity: handle,
    name: plan.name,
    request: derIn(requestPem),
    ...(certificatePem !== undefined && { certificate: derIn(certificatePem) }),
  }))
}

const derIn = (pem: string): Uint8Array | undefined => pemBlocks(pem)[0]?.der
