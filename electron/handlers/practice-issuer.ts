import { verifySignature } from '../../shared/pki/chain.ts'
import type { Means } from '../means.ts'

/** The practice authority that signed a certificate; undefined when none did. */
export async function practiceIssuer({ practice }: Pick<Means, 'practice'>, der: Uint8Array) {
  for (const authority of await practice.authorities())
    if (await verifySignature(der, authority.clientCa)) return authority
  return undefined
}
