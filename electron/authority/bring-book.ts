import type { IndexEntry } from '../../shared/authority/openssl-index.ts'
import { readIndex } from '../../shared/authority/openssl-index.ts'
import { verifySignature } from '../../shared/pki/chain.ts'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { NamedBytes } from '../gather.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import { newHandle } from '../vault/records.ts'
import { entryFor, nameInBook, serialOf } from './book-entry.ts'

const fewEntries = 500
const mostEntries = 2000

const indexName = /(^|[\\/])(index|database)\.txt$/i

/** OpenSSL's list of what an authority has issued, where one lies among the files. */
export function indexAmong(files: readonly NamedBytes[]): IndexEntry[] {
  const index = files.find(({ file }) => indexName.test(file))
  return index ? readIndex(new TextDecoder().decode(index.bytes)).entries : []
}

/**
 * The book of an authority that was kept elsewhere: every certificate beside it that its key has signed, and every entry
 * of its index, also those whose file is not there. So their serial numbers are known, and they can be revoked from here.
 */
export async function bookAmong(
  authority: AuthorityRecord,
  objects: readonly InspectedObject[],
  entries: readonly IndexEntry[],
  now: Date,
): Promise<{ book: IssuedRecord[]; leftOut: number }> {
  const book = new Map<string, IssuedRecord>()
  const own = pemBlocks(authority.certificatePem)[0]!.der
  const bySerial = new Map(entries.map((entry) => [entry.serial, entry]))
  for (const { kind, facts, pem } of objects) {
    if (kind !== 'certificate' || pem === undefined || pem === authority.certificatePem) continue
    const serial = serialOf(facts.serialHex)
    // An authority's own certificate, issued by itself, is no entry of its book.
    if (facts.selfSigned) continue
    const [block] = pemBlocks(pem)
    if (!block || book.has(serial) || (await verifySignature(block.der, own)) !== true) continue
    const record = entryFor(authority, pem, { note: `Brought on ${now.toISOString().slice(0, 10)}` })
    if (record) book.set(serial, { ...record, ...revokedIn(bySerial.get(serial)) })
  }
  for (const entry of entries) {
    if (!book.has(entry.serial)) book.set(entry.serial, fromEntry(authority, entry, now))
  }
  return withinReason([...book.values()], now)
}

/** Each entry is a file in the vault. Of a long book only what can still be revoked comes, what lasts longest first. */
function withinReason(entries: IssuedRecord[], now: Date): { book: IssuedRecord[]; leftOut: number } {
  if (entries.length <= fewEntries) return { book: entries, leftOut: 0 }
  const lasting = entries.filter(({ notAfter }) => new Date(notAfter) > now)
  lasting.sort((a, b) => b.notAfter.localeCompare(a.notAfter))
  const book = lasting.slice(0, mostEntries)
  return { book, leftOut: entries.length - book.length }
}

function fromEntry(authority: AuthorityRecord, entry: IndexEntry, now: Date): IssuedRecord {
  const common = /(?:^|[/,])CN=([^/,]+)/.exec(entry.subject)?.[1]
  return {
    handle: newHandle(),
    authority: authority.handle,
    serial: entry.serial,
    name: nameInBook(common ?? entry.subject),
    subject: entry.subject,
    notAfter: entry.notAfter,
    issuedAt: now.toISOString(),
    ...revokedIn(entry),
    note: `From OpenSSL’s index, on ${now.toISOString().slice(0, 10)}`,
  }
}

function revokedIn(entry: IndexEntry | undefined): Pick<IssuedRecord, 'revoked'> {
  if (!entry?.revoked) return {}
  const { at, reason, invalidSince } = entry.revoked
  return { revoked: { at, reason, ...(invalidSince && { invalidSince }) } }
}
