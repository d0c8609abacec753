import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { readCertificate } from './certificate.ts'
import { betterOrder } from './certificate-order.ts'
import { asBundle, asTrustStore } from './convert-bundle.ts'
import type { Converted, ConvertHow } from './convert-how.ts'
import type { Item, Items } from './convert-items.ts'
import { keyBlock, keyDer } from './convert-key.ts'
import { objectsOf, spkiOf } from './convert-objects.ts'
import { foundWords, leftOut, nothingFor } from './convert-words.ts'
import type { Bytes } from './der.ts'
import { sameBytes } from './der.ts'
import { sha256 } from './digest.ts'
import { toPem } from './pem.ts'
import { writePkcs7 } from './pkcs7-writer.ts'
import { changeWords } from './repair-words.ts'

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
    case 'jks':
      return asBundle(items, how, changes)
    case 'truststore':
      return asTrustStore(items, how, changes)
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
