import type { Bytes } from '../pki/der.ts'

const latin1 = new TextDecoder('latin1')
/** A database's schema stands in its first pages; XCA's is a few kilobytes long. */
const schemaBytes = 256 * 1024

/** A database of SQLite, and XCA's among them, by its header and the names of its tables. */
export function databaseIn(bytes: Bytes): 'xca' | 'sqlite' | null {
  if (latin1.decode(bytes.subarray(0, 16)) !== 'SQLite format 3\0') return null
  const schema = latin1.decode(bytes.subarray(0, schemaBytes))
  return schema.includes('x509super') && schema.includes('private_keys') ? 'xca' : 'sqlite'
}
