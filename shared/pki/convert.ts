import type { Problem } from '../problems.ts'
import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { readCertificate } from './certificate.ts'
import { betterOrder } from './certificate-order.ts'
import { orderChainChecked } from './chain.ts'
import type { Item, Items } from './convert-items.ts'
import type { KeyHow } from './convert-key.ts'
import { keyBlock, keyDer } from './convert-key.ts'
import type { Bytes } from './der.ts'
import { sameBytes } from './der.ts'
import { sha256 } from './digest.ts'
import { partOf } from './names.ts'
import { toPem } from './pem.ts'
import { writePkcs7 } from './pkcs7-writer.ts'
import { writePkcs12 } from './pkcs12-writer.ts'
import { changeWords } from './repair-words.ts'
import { readRequest } from './request.ts'

/** What can be written. `p7c` is `p7b` in DER; `public-key` is taken out of whatever holds one. */
export const targets = ['pem', 'der', 'p7b', 'p7c', 'p12', 'pkcs8', 'pkcs1', 'sec1', 'public-key'] as const
export type Target = (typeof targets)[number]

export type ConvertHow = KeyHow & {
  to: Target
  /** Leaf first, then each issuer; what is written as a bundle or repaired is so in any case. */
  order: boolean
  /** Private keys are left where they are. */
  withoutKeys: boolean
  /** Of several keys, the one of this name. */
  alias?: string
  /** For systems from before about 2015: triple DES and SHA-1. */
  older: boolean
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

/**
 * Writes items in another form. Refusals: `convert.nothing-for` (the form holds none of them), `convert.too-many`,
 * `convert.key-exposed` (a protected key would lie in the clear without having been asked for), and whatever opening a
 * key is refused with.
 */
export async function convert(found: readonly Items[], how: ConvertHow): Promise<Result<Converted>> {
  const all = found.flatMap(({ items }) => items)
  const { items, doubles } = withoutDoubles(how.withoutKeys ? all.filter(({ kind }) => kind !== 'private-key') : all)
  const chosen = named(items, how.alias)
  const ordered = how.order ? inOrder(chosen) : null
  const says = changeWords(new Set(found.flatMap(({ changes }) => changes)))
  const notes = [
    ...says,
    ...(doubles > 0 ? ['What is there twice is written once.'] : []),
    ...(ordered ? ['The certificates are put in order: yours first, then each issuer.'] : []),
  ]
  return written(ordered ?? chosen, how, notes)
}

function withoutDoubles(items: readonly Item[]): { items: Item[]; doubles: number } {
  const seen = new Set<string>()
  const kept = items.filter((item) => {
    const digest = `${item.kind} ${sha256(item.der)} ${item.der.length === 0 ? item.name : ''}`
    if (seen.has(digest)) return false
    seen.add(digest)
    return true
  })
  return { items: kept, doubles: items.length - kept.length }
}

/** Of a container with several keys, what belongs to one name; everything when none is asked for. */
const named = (items: readonly Item[], alias: string | undefined): Item[] =>
  items.filter(
    ({ name, kind }) => alias === undefined || name === alias || (name === undefined && kind !== 'private-key'),
  )

function inOrder(items: readonly Item[]): Item[] | null {
  const places = items.flatMap(({ kind }, at) => (kind === 'certificate' ? [at] : []))
  if (places.length > 20) return null
  const wanted = betterOrder(places.flatMap((at) => readCertificate(items[at]!.der) ?? []))
  if (!wanted || wanted.length !== places.length) return null
  const moved = [...items]
  for (const [i, at] of places.entries()) moved[at] = items.find((item) => sameBytes(item.der, wanted[i]!.der))!
  return moved
}

const nothingFor = (to: Target, items: readonly Item[]): { ok: false; problem: Problem } =>
  refuse({ code: 'convert.nothing-for', to, found: foundWords(items) })

const kindWords: Record<Item['kind'], string> = {
  certificate: 'certificate',
  request: 'signing request',
  crl: 'revocation list',
  'public-key': 'public key',
  'private-key': 'private key',
  parameters: 'set of parameters',
}

/** `2 certificates, a private key`. */
function foundWords(items: readonly Item[]): string {
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  const words = kinds.map((kind) => {
    const count = items.filter((item) => item.kind === kind).length
    return count === 1 ? `a ${kindWords[kind]}` : `${count} ${kindWords[kind]}s`
  })
  return words.join(', ') || 'nothing'
}

async function written(items: readonly Item[], how: ConvertHow, changes: string[]): Promise<Result<Converted>> {
  switch (how.to) {
    case 'pem':
      return asPem(items, how, changes)
    case 'der':
      return asDer(items, how, changes)
    case 'p7b':
    case 'p7c':
      return asCollection(items, how, changes)
    case 'p12':
      return asBundle(items, how, changes)
    case 'public-key':
      return asPublicKey(items, changes)
    default:
      return asKey(items, how, changes)
  }
}

const utf8 = (text: string): Bytes => new TextEncoder().encode(text)

async function asPem(items: readonly Item[], how: ConvertHow, changes: string[]): Promise<Result<Converted>> {
  if (items.length === 0) return nothingFor(how.to, items)
  const open: string[] = []
  const secret: string[] = []
  for (const item of items) {
    if (item.kind !== 'private-key' && item.kind !== 'parameters') open.push(item.pem ?? '')
    else if (item.kind === 'parameters') (how.keyApart ? secret : open).push(item.pem ?? '')
    else {
      const block = await keyBlock(item, how)
      if (!block.ok) return block
      ;(how.keyApart ? secret : open).push(block.value)
    }
  }
  const keys = items.some(({ kind }) => kind === 'private-key')
  if (how.keyApart && !keys) return nothingFor('pkcs8', items)
  return ok({
    content: utf8(open.join('')),
    secret: keys && !how.keyApart,
    ...(how.keyApart && { key: utf8(secret.join('')) }),
    changes,
    objects: await objectsOf(items),
  })
}

async function asDer(items: readonly Item[], how: ConvertHow, changes: string[]): Promise<Result<Converted>> {
  const worth = items.filter(({ kind }) => kind !== 'parameters')
  const [item] = worth
  if (!item) return nothingFor(how.to, items)
  if (worth.length > 1) return refuse({ code: 'convert.too-many', to: how.to, found: foundWords(worth) })
  const content = item.kind === 'private-key' ? await keyDer(item, how) : ok(item.der)
  if (!content.ok) return content
  const secret = item.kind === 'private-key'
  return ok({ content: content.value, secret, changes, objects: await objectsOf(worth) })
}

async function asCollection(items: readonly Item[], how: ConvertHow, changes: string[]): Promise<Result<Converted>> {
  const fitting = items.filter(({ kind }) => kind === 'certificate' || kind === 'crl')
  if (fitting.length === 0) return nothingFor(how.to, items)
  const of = (kind: Item['kind']) => fitting.filter((item) => item.kind === kind).map(({ der }) => der)
  const der = writePkcs7(of('certificate'), of('crl'))
  return ok({
    content: how.to === 'p7c' ? der : utf8(toPem('PKCS7', der)),
    secret: false,
    changes: [...changes, ...leftOut(items, fitting, 'a collection holds certificates and revocation lists only')],
    objects: await objectsOf(fitting),
  })
}

const leftOut = (items: readonly Item[], kept: readonly Item[], why: string): string[] => {
  const rest = items.filter((item) => !kept.includes(item))
  return rest.length > 0 ? [`Left out, because ${why}: ${foundWords(rest)}.`] : []
}

async function asBundle(items: readonly Item[], how: ConvertHow, changes: string[]): Promise<Result<Converted>> {
  const keys = items.filter(({ kind }) => kind === 'private-key')
  const certificates = items.filter(({ kind }) => kind === 'certificate')
  const [item] = keys
  if (!item?.key || certificates.length === 0) return nothingFor(how.to, items)
  if (keys.length > 1) return refuse({ code: 'convert.too-many', to: how.to, found: foundWords(keys) })
  if (how.passphrase === undefined) return refuse({ code: 'convert.key-exposed' })
  const opened = await item.key.open()
  if (!opened.ok) return opened
  const digest = opened.value.spki && sha256(opened.value.spki)
  const leaf = certificates.find(({ der }) => readCertificate(der)?.facts.spkiSha256 === digest)
  if (!leaf) return refuse({ code: 'convert.no-pair' })
  const others = certificates.filter((one) => one !== leaf)
  const { chain } = await orderChainChecked(
    leaf.der,
    others.map(({ der }) => der),
  )
  const inside = [leaf, ...chain.flatMap((der) => others.find((one) => sameBytes(one.der, der)) ?? [])]
  const subject = readCertificate(leaf.der)?.facts.subjectParts
  const content = await writePkcs12({
    pkcs8: opened.value.pkcs8,
    certificateDer: leaf.der,
    chain,
    friendlyName: item.name ?? leaf.name ?? partOf(subject, 'CN') ?? 'client',
    passphrase: how.passphrase,
    readers: how.older ? 'older' : 'modern',
  })
  const kept = [item, ...inside]
  return ok({
    content,
    secret: true,
    changes: [...changes, ...leftOut(items, kept, 'it does not belong to this certificate’s chain')],
    objects: await objectsOf(kept),
  })
}

async function asKey(items: readonly Item[], how: ConvertHow, changes: string[]): Promise<Result<Converted>> {
  const keys = items.filter(({ kind }) => kind === 'private-key')
  const [item] = keys
  if (!item) return nothingFor(how.to, items)
  if (keys.length > 1) return refuse({ code: 'convert.too-many', to: how.to, found: foundWords(keys) })
  const block = await keyBlock(item, how)
  if (!block.ok) return block
  const rest = leftOut(items, keys, 'a key file holds the key only')
  return ok({
    content: utf8(block.value),
    secret: true,
    changes: [...changes, ...rest],
    objects: await objectsOf(keys),
  })
}

async function asPublicKey(items: readonly Item[], changes: string[]): Promise<Result<Converted>> {
  const found = new Map<string, Bytes>()
  for (const item of items) {
    const spki = await spkiOf(item)
    if (!spki.ok) return spki
    if (spki.value) found.set(sha256(spki.value), spki.value)
  }
  const [spki] = found.values()
  if (!spki) return nothingFor('public-key', items)
  if (found.size > 1) return refuse({ code: 'convert.too-many', to: 'public-key', found: `${found.size} public keys` })
  const objects = [{ kind: 'public-key' as const, sha256: sha256(spki), spkiSha256: sha256(spki) }]
  return ok({ content: utf8(toPem('PUBLIC KEY', spki)), secret: false, changes, objects })
}

async function spkiOf(item: Item): Promise<Result<Bytes | null>> {
  if (item.kind === 'certificate') return ok(readCertificate(item.der)?.spki ?? null)
  if (item.kind === 'request') return ok(readRequest(item.der)?.publicKey.der ?? null)
  if (item.kind === 'public-key') return ok(item.der)
  if (!item.key) return ok(null)
  const opened = await item.key.open()
  return opened.ok ? ok(opened.value.spki) : opened
}

async function objectsOf(items: readonly Item[]): Promise<Converted['objects']> {
  const objects: Converted['objects'] = []
  for (const item of items) {
    if (item.kind === 'parameters') continue
    const spki = item.kind === 'crl' ? ok(null) : await spkiOf(item)
    objects.push({
      kind: item.kind,
      ...(item.kind !== 'private-key' && { sha256: sha256(item.der) }),
      ...(spki.ok && spki.value && { spkiSha256: sha256(spki.value) }),
      ...(item.name !== undefined && { name: item.name }),
    })
  }
  return objects
}
