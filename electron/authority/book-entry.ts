import { readCertificate } from '../../shared/pki/certificate.ts'
import { partOf } from '../../shared/pki/names.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { Means } from '../means.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import { newHandle } from '../vault/records.ts'

/** Writes an authority that was certified here into the book of the one above it, which can then revoke it. */
export async function noteInBook(
  { vault, now }: Pick<Means, 'vault' | 'now'>,
  above: Pick<AuthorityRecord, 'handle'>,
  below: Pick<AuthorityRecord, 'certificatePem'>,
): Promise<void> {
  const entry = entryFor(above, below.certificatePem, { issuedAt: now() })
  if (entry) await vault.issued.add(entry.handle, entry, {})
}

/** What the book says of a certificate that was issued without a request; `null` where it cannot be read. */
export function entryFor(
  { handle }: Pick<AuthorityRecord, 'handle'>,
  certificatePem: string,
  { issuedAt, note }: { issuedAt?: Date; note?: string } = {},
): IssuedRecord | null {
  const [block] = pemBlocks(certificatePem)
  const facts = block && readCertificate(block.der)?.facts
  const serial = serialOf(facts?.serialHex)
  if (!facts?.notBefore || !facts.notAfter || !/^[0-9a-f]{1,40}$/.test(serial)) return null
  const { notBefore, notAfter, subject = '', spkiSha256 } = facts
  return {
    handle: newHandle(),
    authority: handle,
    serial,
    name: nameInBook(partOf(facts.subjectParts, 'CN') ?? subject),
    subject,
    notBefore,
    notAfter,
    issuedAt: (issuedAt ?? new Date(notBefore)).toISOString(),
    certificatePem,
    ...(spkiSha256 && { spkiSha256 }),
    ...(note !== undefined && { note }),
  }
}

/** As the book writes serial numbers: lower case, without leading zeros. */
export const serialOf = (hex = ''): string => hex.toLowerCase().replace(/^0+(?=.)/, '')

export const nameInBook = (text: string): string => text.trim().slice(0, 200) || 'without a name'
