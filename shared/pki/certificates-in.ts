import type { Problem } from '../problems.ts'
import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import type { Bytes } from './der.ts'
import type { Facts, InspectedObject } from './facts.ts'
import type { Found } from './found.ts'
import { findObjects } from './inspect.ts'
import { isLocked } from './locked.ts'

export type FoundCertificates = {
  /** Everything in the file, certificates included. */
  objects: InspectedObject[]
  /** In the order of the file, doubles left out. */
  certificates: { der: Bytes; pem: string; facts: Facts }[]
}

/**
 * The certificates in a file: PEM or DER, one or a chain in any order, PKCS#7, PKCS#12, keystore. A file without any is
 * refused by what it holds instead: `attach.is-request`, `attach.is-private-key`, `attach.no-certificate`,
 * `key.passphrase-needed`, `key.passphrase-wrong`, or the file's own problem.
 */
export async function certificatesIn(
  name: string,
  bytes: Bytes,
  passphrase?: string,
  today = new Date(),
): Promise<Result<FoundCertificates>> {
  const found = await findObjects(name, bytes, { passphrases: passphrase === undefined ? [] : [passphrase], today })
  const objects = found.map(({ object }) => object)
  const certificates: FoundCertificates['certificates'] = []
  const seen = new Set<string>()
  for (const { object, draft } of found) {
    const { certificate } = draft
    if (!certificate || object.pem === undefined || seen.has(object.facts.sha256 ?? '')) continue
    seen.add(object.facts.sha256 ?? '')
    certificates.push({ der: certificate.der.slice(), pem: object.pem, facts: object.facts })
  }
  return certificates.length > 0 ? ok({ objects, certificates }) : refuse(whyNone(name, found, passphrase))
}

const words: Partial<Record<InspectedObject['kind'], string>> = {
  crl: 'a revocation list',
  'public-key': 'a public key',
  pkcs12: 'a bundle without certificates',
  pkcs7: 'a collection without certificates',
  keystore: 'a keystore without certificates',
}

function whyNone(name: string, found: readonly Found[], passphrase: string | undefined): Problem {
  const objects = found.map(({ object }) => object)
  const bundle = objects.find((object) => object.kind === 'pkcs12' && isLocked(object))
  if (bundle) return { code: passphrase ? 'key.passphrase-wrong' : 'key.passphrase-needed', name }
  const readable = objects.filter((object) => object.problem === null || isLocked(object))
  const has = (kind: InspectedObject['kind']) => readable.some((object) => object.kind === kind)
  if (has('request')) return { code: 'attach.is-request', name }
  if (has('private-key')) return { code: 'attach.is-private-key', name }
  const other = readable[0]
  if (other) return { code: 'attach.no-certificate', name, found: words[other.kind] ?? 'something else' }
  return found[0]?.problem ?? { code: 'file.unknown-kind', name }
}
