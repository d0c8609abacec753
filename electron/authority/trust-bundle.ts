import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'

/**
 * The authorities that follow each other, this one among them, oldest first: whom it takes over from, and who takes over
 * from it.
 */
export function lineOf(records: readonly AuthorityRecord[], handle: string): AuthorityRecord[] {
  const found = new Map(records.map((record) => [record.handle, record]))
  const line: AuthorityRecord[] = []
  // A restored vault can hold any links: each authority is taken once.
  const take = (record: AuthorityRecord | undefined, add: (one: AuthorityRecord) => unknown) => {
    if (!record || line.includes(record)) return undefined
    add(record)
    return record
  }
  let at = take(found.get(handle), (one) => line.push(one))
  while (at) at = take(at.successor ? found.get(at.successor) : undefined, (one) => line.push(one))
  let first = line[0]
  while (first) {
    const { handle: mine } = first
    first = take(
      records.find(({ successor }) => successor === mine),
      (one) => line.unshift(one),
    )
  }
  return line
}

/**
 * What a server trusts while one authority takes over from another (PEM): the certificates of all in the line that have
 * not ended, the latest first, each with the issuers above it, none twice.
 */
export function trustBundleOf(records: readonly AuthorityRecord[], handle: string, now: Date): string {
  const lasting = lineOf(records, handle).filter(({ notAfter }) => new Date(notAfter) > now)
  const pems = lasting.reverse().flatMap(({ certificatePem, chainPem }) => [certificatePem, ...chainPem])
  const ders = pems.flatMap((pem) => pemBlocks(pem).map(({ der }) => toPem('CERTIFICATE', der)))
  return [...new Set(ders)].join('')
}
