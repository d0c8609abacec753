import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked, verifySignature } from '../../shared/pki/chain.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { sameBytes } from '../../shared/pki/der.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import type { Signed } from './signer.ts'

/**
 * Of what a service sent: the certificate for the key of the request, by the authority that is known for this service.
 * Whatever else it decided is compared with what was shown by whoever asked.
 */
export async function answerFor(
  record: AuthorityRecord,
  requestDer: Bytes,
  sent: readonly Bytes[],
): Promise<Result<Signed>> {
  const spki = readRequest(requestDer)?.spki
  const read = sent.flatMap((der) => readCertificate(der) ?? [])
  const certificate = read.find((one) => spki && sameBytes(one.spki, spki))
  if (!certificate) return refuse({ code: 'service.other-key' })
  const authority = pemBlocks(record.certificatePem)[0]!.der
  if ((await verifySignature(certificate.der, authority)) !== true) {
    const wanted = readCertificate(authority)?.facts.subject ?? record.name
    return refuse({ code: 'service.other-issuer', issuer: certificate.facts.issuer ?? 'nobody', wanted })
  }
  const others = read.map(({ der }) => der).filter((der) => der !== certificate.der)
  const { chain } = await orderChainChecked(certificate.der, others)
  return ok({ certificateDer: certificate.der, chainDer: chain.filter((der) => der !== certificate.der) })
}
