import type { CertificateContent } from '../../shared/authority/certificate-content.ts'
import { encodeTbs } from '../../shared/authority/certificate-content.ts'
import type { CertificateField, Difference } from '../../shared/authority/certificate-fields.ts'
import { differencesFrom, tbsOf } from '../../shared/authority/certificate-fields.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { verifySignature } from '../../shared/pki/chain.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { sameBytes } from '../../shared/pki/der.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import { newHandle } from '../vault/records.ts'
import { withAuthorityEvent } from './authority-history.ts'
import type { Signed, Signer } from './signer.ts'
import type { SigningMeans } from './signers.ts'
import { signerFor } from './signers.ts'

/** A certificate that was decided and shown. */
export type IssueOrder = {
  authority: AuthorityRecord
  requestDer: Bytes
  requestPem: string
  content: CertificateContent
  /** What the screen showed. */
  fields: readonly CertificateField[]
  entry: Pick<IssuedRecord, 'name' | 'provider' | 'callsYou' | 'environment' | 'renews' | 'note'>
  signal?: AbortSignal
}

/** `differences`: what a service decided otherwise than shown; a key of our own never does. */
export type Issued = { record: IssuedRecord; differences: Difference[] }

/**
 * Signs what was shown, checks that it is what was signed, and writes it into the book. Nothing is kept of a certificate
 * that says anything else, or that the authority's key did not sign.
 */
export async function issue(means: SigningMeans, order: IssueOrder): Promise<Result<Issued>> {
  const { authority, requestDer, content, entry, signal } = order
  const signer = signerFor(means, authority)
  const signed = await signer.sign({ requestDer, content, whose: entry.name, ...(signal && { signal }) })
  if (!signed.ok) return signed
  const checked = await checkSigned(order, signer, signed.value)
  if (!checked.ok) return checked
  const record = recordOf(order, signed.value.certificateDer, means.now())
  const added = await means.vault.issued.add(record.handle, record, {})
  if (!added.ok) return added
  if (entry.renews) {
    const renewedBy = record.handle
    await means.vault.issued.change(entry.renews, (before) => ({ ...before, renewedBy }))
  }
  const event = { at: record.issuedAt, what: 'signed', detail: record.name }
  await means.vault.authorities.change(authority.handle, (before) => withAuthorityEvent(before, event))
  const { handle, name, serial } = record
  const detail = `by ${authority.name}, serial ${serial}`.slice(0, 300)
  await means.vault.journal.note({ what: 'signed', kind: 'issued', id: handle, name, detail })
  return ok({ record, differences: checked.value })
}

async function checkSigned(
  { authority, content, fields }: IssueOrder,
  signer: Signer,
  { certificateDer, chainDer }: Signed,
): Promise<Result<Difference[]>> {
  const differences = differencesFrom(fields, certificateDer)
  if (!differences) return refuse({ code: 'file.damaged', name: 'the answer', what: 'certificate' })
  // A certificate for another key is nobody's wish, whoever decides the rest.
  const grave = differences.find(({ field }) => signer.decides === 'us' || field === 'key')
  if (grave) return refuse({ code: 'sign.differs', field: grave.label, shown: grave.shown, issued: grave.issued })
  if (signer.decides === 'us' && !isExactly(content, authority, certificateDer)) {
    return refuse({ code: 'sign.differs', field: 'the octets', shown: 'as planned', issued: 'others' })
  }
  const issuers = [...pemBlocks(authority.certificatePem).map(({ der }) => der), ...chainDer]
  const fits = await Promise.all(issuers.map((issuer) => verifySignature(certificateDer, issuer)))
  return fits.some((one) => one !== false) ? ok(differences) : refuse({ code: 'issue.authority-unfit' })
}

/** Octet for octet what was planned: what no words of a screen can promise. */
function isExactly(content: CertificateContent, { key }: AuthorityRecord, certificateDer: Bytes): boolean {
  const tbs = tbsOf(certificateDer)
  return tbs !== null && key !== undefined && sameBytes(tbs, encodeTbs(content, key))
}

function recordOf({ authority, entry, requestPem }: IssueOrder, der: Bytes, now: Date): IssuedRecord {
  const { facts } = readCertificate(der)!
  return {
    handle: newHandle(),
    authority: authority.handle,
    serial: (facts.serialHex ?? '').toLowerCase().replace(/^0+(?=.)/, ''),
    subject: facts.subject ?? '',
    notBefore: facts.notBefore!,
    notAfter: facts.notAfter!,
    issuedAt: now.toISOString(),
    certificatePem: toPem('CERTIFICATE', der),
    requestPem,
    spkiSha256: facts.spkiSha256!,
    ...entry,
  }
}
