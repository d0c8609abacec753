import { algorithmNames } from './oid-algorithms.ts'
import { attributeNames, extensionNames, furtherNames, purposeNames } from './oid-names.ts'

export type OidName = { short: string; long: string }

function tableOf(...texts: string[]): Map<string, OidName> {
  const table = new Map<string, OidName>()
  for (const text of texts) {
    for (const line of text.split('\n')) {
      const [oid, short, ...rest] = line.split(' ')
      if (oid && short) table.set(oid, { short, long: rest.length > 0 ? rest.join(' ') : short })
    }
  }
  return table
}

const openSslNames = tableOf(attributeNames, extensionNames, purposeNames, algorithmNames)
const further = tableOf(furtherNames)

/** The short name as OpenSSL prints it in names (`CN`, `emailAddress`), or `undefined` when it knows none. */
export const shortName = (oid: string): string | undefined => openSslNames.get(oid)?.short

/** The long name as OpenSSL prints it (`sha256WithRSAEncryption`), or the dotted OID. */
export const longName = (oid: string): string => openSslNames.get(oid)?.long ?? oid

/** The short name, or the dotted OID: `clientAuth`, `prime256v1`. */
export const shortNameOrOid = (oid: string): string => openSslNames.get(oid)?.short ?? oid

/** A name for people: also of what OpenSSL does not know. */
export const plainName = (oid: string): string =>
  (openSslNames.get(oid) ?? further.get(oid))?.long.replace(/^X509v3 /, '') ?? oid

/** The dotted OID of an attribute's short name (`CN` → `2.5.4.3`), for writing names. */
export const attributeOid = (short: string): string | undefined => attributesByShort.get(short)

const attributesByShort = new Map([...tableOf(attributeNames)].map(([oid, name]) => [name.short, oid] as const))
