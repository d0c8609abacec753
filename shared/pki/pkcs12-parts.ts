import { newBudget } from './budget.ts'
import { readCertificate } from './certificate.ts'
import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, expect, hex, octets, orNull, present, readDer, Tag } from './der.ts'
import { oidOf, textOf, visible } from './der-values.ts'
import { derivationInWords, schemeInWords, schemeOf } from './encryption-scheme.ts'
import { named } from './extension-words.ts'
import type { ContainerPart } from './inspect-calls.ts'
import { passwordsOf } from './passwords.ts'
import { readProtection } from './pbe.ts'
import type { Bag, MacOutline, Pkcs12Outline, SafeOutline } from './pkcs12-outline.ts'
import { bagsOf } from './pkcs12-outline.ts'
import { unlock } from './sealing.ts'
import { keyAlgorithmName } from './spki.ts'

/** Past this many lines nobody reads on; a store of all roots has a few hundred. */
const maxParts = 2000

/**
 * The structure of a PKCS#12 file: what guards it, and every safe with its bags and their attributes. Safes that are
 * encrypted are opened with one of the passphrases; private keys stay closed, whatever is given.
 */
export async function pkcs12Parts(outline: Pkcs12Outline, passphrases: readonly string[]): Promise<ContainerPart[]> {
  const { version, octets: size, mac, safes } = outline
  const parts: ContainerPart[] = [
    { depth: 0, name: 'PKCS#12', says: `version ${version}, ${size.toLocaleString('en')} octets` },
    { depth: 1, name: 'Guard (MAC)', says: macInWords(mac) },
  ]
  const open = opener(passphrases)
  for (const [i, safe] of safes.entries()) {
    const number = safes.length > 1 ? ` ${i + 1}` : ''
    if (parts.length > maxParts) break
    if ('bags' in safe) {
      parts.push({ depth: 1, name: `Content${number}, in the clear`, says: '' }, ...bagParts(safe.bags, 2))
    } else {
      const says = safe.scheme ? schemeInWords(safe.scheme) : 'to a certificate instead of a passphrase'
      parts.push({ depth: 1, name: `Content${number}, encrypted`, says }, ...(await inside(safe, open)))
    }
  }
  return parts.slice(0, maxParts)
}

function macInWords(mac: MacOutline): string {
  switch (mac.kind) {
    case 'none':
      return 'none: changes would go unnoticed'
    case 'signature':
      return 'a signature in place of a passphrase'
    case 'unreadable':
      return 'malformed'
    case 'pbmac1':
      return `PBMAC1: HMAC-${mac.digest}; key by ${derivationInWords(mac.derivation)}`
    case 'hmac': {
      const derivation = { derivation: 'PKCS#12', iterations: mac.iterations, saltOctets: mac.saltOctets }
      return `HMAC-${mac.digest}; key by ${derivationInWords(derivation)}`
    }
  }
}

type Opener = (safe: { algorithm: DerNode; data: Bytes }) => Promise<DerNode | null>

/** Tries the passphrases in each encoding, the one that fitted last first, within what one file may cost. */
function opener(passphrases: readonly string[]): Opener {
  const budget = newBudget()
  let passwords = [...new Set([...passphrases, ''])].flatMap(passwordsOf)
  return async ({ algorithm, data }) => {
    const protection = orNull(() => readProtection(algorithm))
    if (!protection || 'unsupported' in protection) return null
    for (const password of passwords) {
      const opened = await unlock(protection, password, data, budget)
      const bags = opened instanceof Uint8Array ? readDer(opened) : null
      if (bags?.id !== Tag.sequence) continue
      passwords = [password, ...passwords.filter((other) => other !== password)]
      return bags
    }
    return null
  }
}

async function inside(safe: Exclude<SafeOutline, { bags: DerNode }>, open: Opener): Promise<ContainerPart[]> {
  const { algorithm, data } = safe
  const bags = algorithm && data ? await open({ algorithm, data }) : null
  return bags ? bagParts(bags, 2) : [{ depth: 2, name: 'Locked', says: 'its passphrase shows what is inside' }]
}

/** Deepest SafeContents within each other that are followed. */
const maxDepth = 9

function bagParts(bags: DerNode, depth: number): ContainerPart[] {
  const parts: ContainerPart[] = []
  const read = orNull(() => bagsOf(bags))
  if (!read) return [{ depth, name: 'Unreadable', says: 'malformed' }]
  for (const bag of read.slice(0, maxParts)) {
    const attributes = attributeParts(bag, depth + 1)
    parts.push(orNull(() => bagPart(bag, depth)) ?? { depth, name: 'Unreadable', says: 'malformed' }, ...attributes)
    if (bag.kind === 6 && depth < maxDepth) parts.push(...bagParts(bag.value, depth + 1))
  }
  return parts
}

function bagPart({ kind, value }: Bag, depth: number): ContainerPart {
  switch (kind) {
    case 1:
      return { depth, name: 'Private key, in the clear', says: keyKind(value) }
    case 2:
      return {
        depth,
        name: 'Private key, encrypted',
        says: schemeInWords(schemeOf(childrenOf(value, Tag.sequence)[0])),
      }
    case 3:
      return { depth, name: 'Certificate', says: certificateIn(value) }
    case 4:
      return { depth, name: 'Revocation list', says: '' }
    case 5:
      return { depth, name: 'Secret', says: named(oidOf(present(children(value)[0]))) }
    case 6:
      return { depth, name: 'Further content', says: '' }
    default:
      return { depth, name: 'Unknown', says: '' }
  }
}

/** The algorithm of a PrivateKeyInfo: the key itself is not looked at. */
const keyKind = (value: DerNode): string =>
  keyAlgorithmName(oidOf(present(childrenOf(childrenOf(value, Tag.sequence)[1], Tag.sequence)[0])))

function certificateIn(value: DerNode): string {
  const [type, explicit] = childrenOf(value, Tag.sequence)
  const oid = oidOf(present(type))
  if (oid !== '1.2.840.113549.1.9.22.1') return named(oid)
  const certificate = readCertificate(octets(present(children(present(explicit))[0])))
  return certificate ? certificate.facts.subject || 'without a subject' : 'malformed'
}

const attributeNames: Record<string, string> = {
  '1.2.840.113549.1.9.20': 'Friendly name',
  '1.2.840.113549.1.9.21': 'Local key id',
  '1.3.6.1.4.1.311.17.1': 'Windows key provider',
  '1.3.6.1.4.1.311.17.2': 'Windows machine key',
  '2.16.840.1.113894.746875.1.1': 'Trusted by Java for',
}

function attributeParts({ attributes }: Bag, depth: number): ContainerPart[] {
  const all = attributes ? (orNull(() => childrenOf(attributes, Tag.set)) ?? []) : []
  return all.slice(0, 20).map((attribute) => {
    const read = orNull(() => {
      const [type, values] = childrenOf(attribute, Tag.sequence)
      const oid = oidOf(present(type))
      const says = childrenOf(values, Tag.set).map(attributeValue).join(', ')
      return { depth, name: attributeNames[oid] ?? named(oid), says }
    })
    return read ?? { depth, name: 'Attribute', says: 'malformed' }
  })
}

function attributeValue(node: DerNode): string {
  if (node.id === Tag.oid) return oidOf(node) === '2.5.29.37.0' ? 'any purpose' : named(oidOf(node))
  if (node.id === Tag.octetString) return hex(content(expect(node, Tag.octetString)))
  return visible(textOf(node) ?? hex(content(node)))
}
