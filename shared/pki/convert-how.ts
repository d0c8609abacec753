import type { Item } from './convert-items.ts'
import type { KeyHow } from './convert-key.ts'
import type { Bytes } from './der.ts'
import type { Pkcs12Readers } from './pkcs12-writer.ts'

/** What can be written. `p7c` is `p7b` in DER; `jks` and `truststore` (PKCS#12) are Java's; `public-key` is taken out of whatever holds one. */
export const targets = [
  'pem',
  'der',
  'p7b',
  'p7c',
  'p12',
  'jks',
  'truststore',
  'pkcs8',
  'pkcs1',
  'sec1',
  'public-key',
] as const
export type Target = (typeof targets)[number]

export type ConvertHow = KeyHow & {
  to: Target
  /** Leaf first, then each issuer; what is written as a bundle or repaired is so in any case. */
  order: boolean
  /** Private keys are left where they are. */
  withoutKeys: boolean
  /** Of several keys, the one of this name. */
  alias?: string
  /** Who is to open a bundle or a truststore. */
  readers: Pkcs12Readers
  /** When it is written: keystores say so of each entry. */
  now: Date
  /** Private keys go to a file of their own, PEM only. */
  keyApart: boolean
}

/** What was written. `content` holds a private key when it is `secret`; `key` is the one that goes apart. */
export type Converted = {
  content: Bytes
  secret: boolean
  key?: Bytes
  changes: string[]
  objects: { kind: Exclude<Item['kind'], 'parameters'>; sha256?: string; spkiSha256?: string; name?: string }[]
}
