import type { Finding } from '../findings.ts'
import type { InspectedObject } from './facts.ts'

/** An object as far as pairing goes. */
export type Paired = Pick<InspectedObject, 'kind'> & {
  id: string
  facts: Pick<InspectedObject['facts'], 'subject' | 'isCa' | 'keyAlgorithm' | 'spkiSha256'>
}

/** What was given for one purpose: the certificate, or its key. `name` is the file's, for words. */
export type Slot = { name: string; objects: readonly Paired[] }

const has = ({ objects }: Slot, kind: Paired['kind']) => objects.some((object) => object.kind === kind)

/** The certificate was given for the key, and the key for the certificate. */
export const areSwapped = (certificate: Slot, key: Slot): boolean =>
  has(certificate, 'private-key') &&
  !has(certificate, 'certificate') &&
  has(key, 'certificate') &&
  !has(key, 'private-key')

/**
 * What is wrong with a certificate and a key that are given together: `pair.swapped`, `pair.key-type` and
 * `pair.key-mismatch` (no certificate is of the key), `pair.leaf-not-first` (one is, and it is not the first). Nothing is
 * said of what is locked.
 */
export function pairFindings(certificate: Slot, key: Slot): Finding[] {
  if (areSwapped(certificate, key)) return [swapped(certificate.name, key.name)]
  const own = key.objects.find(({ kind, facts }) => kind === 'private-key' && facts.spkiSha256 !== undefined)
  const certificates = certificate.objects.filter(({ kind }) => kind === 'certificate')
  const [first] = certificates
  if (!own || !first) return []
  const at = certificates.findIndex(({ facts }) => facts.spkiSha256 === own.facts.spkiSha256)
  if (at < 0) {
    const leaf = certificates.find(({ facts }) => facts.isCa !== true) ?? first
    return [mismatch(leaf, own, certificate.name, key.name)]
  }
  return at === 0 ? [] : [leafNotFirst(first, certificate.name)]
}

/**
 * What is wrong among all that was looked at together: one key and one certificate of a person or server that do not
 * belong together, when nothing else explains either. By the id of the object that it is said of.
 */
export function findingsAmong(objects: readonly Paired[]): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>()
  const keys = objects.filter(({ kind, facts }) => kind === 'private-key' && facts.spkiSha256 !== undefined)
  const leaves = objects.filter(({ kind, facts }) => kind === 'certificate' && facts.isCa !== true)
  const digests = new Set(keys.map(({ facts }) => facts.spkiSha256))
  const certified = new Set(leaves.map(({ facts }) => facts.spkiSha256))
  const [key] = keys
  const [leaf] = leaves
  if (!key || !leaf || digests.size !== 1 || certified.size !== 1 || certified.has(key.facts.spkiSha256)) return found
  const finding = mismatch(leaf, key)
  found.set(key.id, finding)
  found.set(leaf.id, finding)
  return found
}

const swapped = (certificate: string, key: string): Finding => ({
  code: 'pair.swapped',
  severity: 'refuses',
  message: `The two files are swapped: “${certificate}” holds the private key, and “${key}” the certificate.`,
  next: 'Give each in place of the other.',
})

function mismatch(leaf: Paired, key: Paired, certificateName?: string, keyName?: string): Finding {
  const [of, inKey] = [leaf.facts.keyAlgorithm, key.facts.keyAlgorithm]
  const the = (what: string, name: string | undefined) =>
    name === undefined ? `the ${what}` : `the ${what} in “${name}”`
  const next =
    'Look for the key that was made with the request, and for the certificate that came back for it; otherwise have a new one issued.'
  if (of !== undefined && inKey !== undefined && of !== inKey) {
    const says = `${the('certificate', certificateName)} is for a key of type ${of}, and ${the('private key', keyName)} is of type ${inKey}`
    const message = `${sentence(says)}: they do not belong together. Node.js takes such a pair without a word, and then sends no certificate.`
    return { code: 'pair.key-type', severity: 'refuses', message, next }
  }
  const says = `${the('private key', keyName)} does not belong to ${the('certificate', certificateName)}`
  const message = `${sentence(says)}: it belongs to another request, perhaps an older one or that of another environment.`
  return { code: 'pair.key-mismatch', severity: 'refuses', message, next }
}

const leafNotFirst = (first: Paired, name: string): Finding => ({
  code: 'pair.leaf-not-first',
  severity: 'warns',
  message: `The first certificate in “${name}” is not yours but ${first.facts.subject || 'another'}: programs take the first, and say that key and certificate do not match.`,
  next: 'Put your certificate first, then each issuer.',
})

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
