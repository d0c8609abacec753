import { type IndexEntry, writeIndex } from '../../shared/authority/openssl-index.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { onelineName } from '../../shared/pki/oneline-name.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { IssuedRecord } from '../vault/authority-record.ts'

/** The book of one authority as `openssl ca` keeps it, oldest first. */
export function indexOf(issued: readonly IssuedRecord[], now: Date): string {
  const oldestFirst = [...issued].sort((a, b) => a.issuedAt.localeCompare(b.issuedAt))
  return writeIndex(oldestFirst.map((record) => entryOf(record, now)))
}

function entryOf({ notAfter, serial, subject, revoked, certificatePem }: IssuedRecord, now: Date): IndexEntry {
  const state = revoked ? 'revoked' : new Date(notAfter) <= now ? 'expired' : 'valid'
  const written = certificatePem && readCertificate(pemBlocks(certificatePem)[0]?.der ?? new Uint8Array())
  // What came from an index without its file kept that index's own spelling.
  const spelt = (written && onelineName(written.subject)) || subject
  return { state, notAfter, serial, subject: spelt, ...(revoked && { revoked }) }
}
