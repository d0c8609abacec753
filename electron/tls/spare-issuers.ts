import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import { toPem } from '../../shared/pki/pem.ts'

/** A longer chain than was given, nearest issuer first and without a root; empty when there is none. */
export type Spare = { pem: string[]; named: string }

/** What could be sent above a certificate, from all certificates at hand; signatures are checked. */
export async function spareIssuers(leaf: Uint8Array, given: number, atHand: readonly Uint8Array[]): Promise<Spare> {
  const { chain } = await orderChainChecked(leaf, atHand)
  const links = chain.flatMap((der) => {
    const facts = readCertificate(der)?.facts
    // Servers know their roots: sending one changes nothing.
    return facts && !facts.selfSigned ? [{ pem: toPem('CERTIFICATE', der), named: facts.subject ?? 'its issuer' }] : []
  })
  if (links.length <= given) return { pem: [], named: '' }
  return { pem: links.map(({ pem }) => pem), named: links.map(({ named }) => named).join(', then ') }
}
