import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { createAuthority, issueFromRequest } from '../../shared/pki/x509.ts'
import { value } from './test-means.ts'

export const derOf = (pem: string) => pemBlocks(pem)[0]!.der

/** Somebody who signs requests with an authority of its own, as a provider does. `since` is when it was made. */
export async function openTestProvider(since: Date, commonName = 'Truv Client CA') {
  const authority = await createAuthority({ commonName, key: 'ec-p256', days: 3650, now: since })
  return {
    caPem: authority.pem,
    async sign(requestPem: string, { days, at }: { days: number; at: Date }): Promise<string> {
      const order = { authority, requestDer: derOf(requestPem), days, now: at, purposes: ['clientAuth'] as const }
      return toPem('CERTIFICATE', value(await issueFromRequest(order)).der)
    },
  }
}
