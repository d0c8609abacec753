import type { Facts, InspectedObject, ObjectKind } from '../../shared/pki/facts.ts'
import { keyWords } from '../../shared/pki/key-words.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import { shortName, unescapeName } from '../parts/chain-links.ts'
import { dayText } from '../parts/dates.ts'
import { validityWords } from '../parts/validity-words.ts'
import { visibleStart } from '../parts/visible-text.ts'

export const kindWords: Record<ObjectKind, { plain: string; term?: string }> = {
  certificate: { plain: 'Certificate' },
  request: { plain: 'Signing request', term: 'CSR' },
  crl: { plain: 'Revocation list', term: 'CRL' },
  'private-key': { plain: 'Private key' },
  'public-key': { plain: 'Public key' },
  pkcs12: { plain: 'Bundle', term: 'PKCS#12' },
  pkcs7: { plain: 'Certificate collection', term: 'PKCS#7' },
  keystore: { plain: 'Keystore' },
  unknown: { plain: 'Not recognised' },
}

/** What words are made of: a row of the list has it, and so has the opened object. */
export type Shown = Pick<InspectedObject, 'file' | 'inside' | 'kind' | 'facts' | 'problem'>

/** A name as it is read, in one line: escapes of RFC 2253 taken back where there are some. */
export const readableName = (name: string): string => (name.includes('\\') ? unescapeName(name) : name)

export const fileName = (file: string): string => (file === '-' ? 'Pasted text' : (file.split(/[\\/]/).pop() ?? file))

const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString()} ${number === 1 ? one : many}`

const isContainer = (kind: ObjectKind): boolean => kind === 'pkcs12' || kind === 'pkcs7' || kind === 'keystore'

/** What is inside a container, in words: `1 key and 3 certificates`. */
function contents(facts: Facts): string {
  const parts = [
    facts.keys ? count(facts.keys, 'key') : '',
    facts.certificates ? count(facts.certificates, 'certificate') : '',
    facts.crls ? count(facts.crls, 'revocation list') : '',
  ].filter(Boolean)
  const last = parts.pop()
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : (last ?? '')
}

/** What an object is called in lists: its name, or what it is. */
export function titleOf(object: Shown): string {
  const { facts, kind } = object
  const name = kind === 'crl' ? facts.issuer : facts.subject
  if (name) return visibleStart(shortName(name), 160)
  if (facts.subjectAltNames?.[0]) return visibleStart(facts.subjectAltNames[0], 160)
  // A container that lies in a file of its own is known by that, also once it is open.
  const isFile = isContainer(kind) && object.inside === undefined
  if (facts.friendlyName && !isFile) return visibleStart(facts.friendlyName, 160)
  if (kind === 'private-key' || kind === 'public-key') return keyWords(facts) || kindWords[kind].plain
  // What has no name of its own is known by its file; inside another container by what it is.
  return object.inside === undefined ? visibleStart(fileName(object.file), 160) : kindWords[kind].plain
}

const certificateWord = (facts: Facts): string => {
  if (facts.isCa) return facts.selfSigned ? 'Root CA certificate' : 'Intermediate CA certificate'
  const client = facts.extendedKeyUsage?.includes('clientAuth') ?? false
  const server = facts.extendedKeyUsage?.includes('serverAuth') ?? false
  if (client && server) return 'Client and server certificate'
  if (client) return 'Client certificate'
  return server ? 'Server certificate' : 'Certificate'
}

/** `9 years 362 days left` is too much for a narrow list: the years say enough. */
const shortLeft = (says: string): string => says.replace(/(\d+ years?) \d+ days?/, '$1')

/** One line for lists: what it is, what is inside, until when. */
export function lineOf(object: Shown, today: Date): string {
  const { facts, kind } = object
  const { plain, term } = kindWords[kind]
  const word = kind === 'certificate' ? certificateWord(facts).replace(' CA certificate', ' CA') : plain
  if (isLocked(object)) return titleOf(object) === word ? 'Locked' : `${term ?? word}, locked`
  if (object.problem) return kind === 'unknown' ? plain : `${word}, damaged`
  if (isContainer(kind)) return [term ?? word, contents(facts)].filter(Boolean).join(' · ')
  if (kind === 'crl') {
    const revoked = facts.revokedCount === undefined ? '' : `${facts.revokedCount.toLocaleString()} revoked`
    return [word, revoked].filter(Boolean).join(' · ')
  }
  const validity = validityWords(facts, today)
  const key = kind === 'request' ? keyWords(facts) : ''
  return [word, key, validity && shortLeft(validity.says)].filter(Boolean).join(' · ')
}

/** The headline sentence of an opened object. `fits` names the identity it belongs to. */
export function headlineOf(object: Shown, today: Date, fits?: string): string {
  const { facts, kind } = object
  const name = facts.subject ? visibleStart(shortName(facts.subject), 160) : undefined
  const key = keyWords(facts)
  const parts: string[] = []
  if (isLocked(object)) {
    const word = kind === 'keystore' ? (facts.container ?? 'Keystore') : kindWords[kind].plain
    parts.push(`${word}, locked by a passphrase`)
  } else if (kind === 'certificate') {
    parts.push(name ? `${certificateWord(facts)} for ${name}` : `${certificateWord(facts)} without a name`)
    if (facts.selfSigned) parts.push('signed by itself')
    else if (facts.issuer) parts.push(`issued by ${visibleStart(shortName(facts.issuer), 160)}`)
    const validity = validityWords(facts, today)
    if (validity) parts.push(validity.says)
  } else if (kind === 'request') {
    parts.push(name ? `Signing request for ${name}` : 'Signing request without a name')
    if (key) parts.push(`${key} key`)
    if (facts.signatureValid === true) parts.push('its signature is right')
    if (facts.signatureValid === false) parts.push('its signature is wrong')
  } else if (kind === 'crl') {
    parts.push(facts.issuer ? `Revocation list of ${visibleStart(shortName(facts.issuer), 160)}` : 'Revocation list')
    if (facts.revokedCount !== undefined) parts.push(`${count(facts.revokedCount, 'certificate')} revoked`)
    if (facts.nextUpdate && !Number.isNaN(Date.parse(facts.nextUpdate))) {
      const over = Date.parse(facts.nextUpdate) < today.getTime()
      parts.push(over ? `out of date since ${dayText(facts.nextUpdate)}` : `next one due ${dayText(facts.nextUpdate)}`)
    }
  } else if (kind === 'private-key' || kind === 'public-key') {
    parts.push(kindWords[kind].plain, ...(key ? [key] : []))
    if (kind === 'private-key' && facts.encrypted === false) parts.push('not protected by a passphrase')
  } else if (kind === 'unknown') {
    parts.push(object.problem?.title ?? 'Not recognised')
  } else {
    const word = kind === 'keystore' ? (facts.container ?? 'Keystore') : kindWords[kind].plain
    const inside = contents(facts)
    parts.push(inside ? `${word} with ${inside}` : word)
  }
  if (fits) parts.push(kind === 'request' ? `made for your identity ${fits}` : `fits your identity ${fits}`)
  return parts.join(', ')
}
