import type { Problem } from '../problems.ts'
import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { newBudget } from './budget.ts'
import { readCertificate } from './certificate.ts'
import { readCrl } from './crl.ts'
import type { Bytes } from './der.ts'
import { readDer } from './der.ts'
import { shapeOf } from './detect.ts'
import { readKeystore } from './jks.ts'
import { readSealedEntry } from './jks-key.ts'
import { toPem } from './pem.ts'
import { labelOf } from './pem-labels.ts'
import { readPkcs7 } from './pkcs7.ts'
import type { OpenedKey } from './pkcs8.ts'
import { openedKey, openPrivateKey } from './pkcs8.ts'
import { openPkcs12, readClearPkcs12 } from './pkcs12.ts'
import type { Pkcs12Contents } from './pkcs12-safe.ts'
import { readPlainKey } from './private-key.ts'
import { readKeyFile } from './private-key-file.ts'
import type { Block } from './repair-blocks.ts'
import { rewrite } from './repair-blocks.ts'
import type { Change } from './repair-words.ts'
import type { Piece } from './triage.ts'
import { triage } from './triage.ts'

/** Something that can be written in another form. */
export type Item = {
  kind: 'certificate' | 'request' | 'crl' | 'public-key' | 'private-key' | 'parameters'
  /** Of a key in a container, its PKCS#8. */
  der: Bytes
  /** As a block, in its own form and with its own protection; `null` for a key that a container protected. */
  pem: string | null
  /** The alias or friendly name that a container gives it. */
  name?: string
  /** A private key, opened or not. */
  key?: HeldKey
}

export type HeldKey = {
  /** It was protected by a passphrase: its own or its container's. */
  wasProtected: boolean
  open: () => Promise<Result<OpenedKey>>
}

export type Items = { items: Item[]; changes: Change[] }

/**
 * Takes a file apart into what can be written anew. Containers are opened with the passphrases; a key file stays closed
 * until `open` is asked of it. Refused with the problem of what cannot be read when nothing else is there:
 * `key.passphrase-needed`, `key.passphrase-wrong`, `file.damaged` …
 */
export async function itemsOf(name: string, bytes: Bytes, passphrases: readonly string[]): Promise<Result<Items>> {
  const { pieces, problem } = triage(bytes)
  if (problem) return refuse({ code: problem, name })
  const items: Item[] = []
  const changes = new Set<Change>()
  for (const piece of pieces) {
    const found = await itemsIn(piece, name, passphrases)
    if (!found.ok) return found
    items.push(...found.value.items)
    for (const change of [...piece.oddities, ...found.value.changes]) changes.add(change)
  }
  // Order is looked at once everything is together.
  changes.delete('order')
  return items.length > 0 ? ok({ items, changes: [...changes] }) : refuse(whyNone(pieces[0], name))
}

function whyNone(piece: Piece | undefined, name: string): Problem {
  if (piece?.form === 'something-else') return { code: 'file.something-else', name, what: piece.what }
  return piece?.form === 'damaged'
    ? { code: 'file.damaged', name, what: 'content' }
    : { code: 'file.unknown-kind', name }
}

async function itemsIn(piece: Piece, name: string, passphrases: readonly string[]): Promise<Result<Items>> {
  if (piece.form === 'keystore') return keystoreItems(piece.bytes, name, passphrases)
  if (piece.form === 'der') {
    const node = readDer(piece.der)
    const kind = node ? shapeOf(node).kind : 'unknown'
    const value = piece.der.subarray(0, node?.end ?? 0)
    if (kind === 'pkcs12') return bundleItems(value, name, passphrases)
    if (kind === 'pkcs7') return collectionItems(value)
  }
  if (piece.form === 'key-pem' || piece.form === 'pvk' || piece.form === 'putty')
    return keyItems(piece, name, passphrases)
  const { blocks, changes } = rewrite(piece)
  const items = blocks.map((block) =>
    block.kind === 'private-key' ? keyItem(block, block.der, name, passphrases) : itemOf(block),
  )
  return ok({ items, changes })
}

function itemOf({ kind, der, pem }: Block): Item {
  const known = kind === 'certificate' || kind === 'request' || kind === 'crl' || kind === 'public-key'
  return { kind: known ? kind : 'parameters', der, pem }
}

function keyItems(
  piece: Extract<Piece, { form: 'key-pem' | 'pvk' | 'putty' }>,
  name: string,
  passphrases: readonly string[],
) {
  const source = piece.form === 'key-pem' ? piece.pem : piece.bytes
  const { blocks, changes } = rewrite(piece)
  const [block] = blocks
  if (block && block.kind !== 'private-key') return ok({ items: blocks.map(itemOf), changes })
  if (block) return ok({ items: [keyItem(block, source, name, passphrases)], changes })
  // No text form of its own (a locked PuTTY or PVK file): it is a key all the same, once it is open.
  const closed = changes.includes('left-out')
  const item = { ...keyItem({ kind: 'private-key', pem: '', der: source }, source, name, passphrases), pem: null }
  return ok({ items: closed ? [item] : [], changes: closed ? [] : changes })
}

function keyItem(block: Block, source: Bytes, name: string, passphrases: readonly string[]): Item {
  const open = () => opened(source, name, passphrases)
  return { kind: 'private-key', der: block.der, pem: block.pem, key: { wasProtected: isProtected(source), open } }
}

const isProtected = (source: Bytes): boolean => readKeyFile(source).state !== 'plain'

/** A key's file opened with the first passphrase that fits, or without one. */
async function opened(source: Bytes, name: string, passphrases: readonly string[]): Promise<Result<OpenedKey>> {
  let last = await openPrivateKey(source, undefined, name)
  for (const passphrase of passphrases) {
    if (last.ok || (last.problem.code !== 'key.passphrase-needed' && last.problem.code !== 'key.passphrase-wrong'))
      break
    last = await openPrivateKey(source, passphrase, name)
  }
  return last
}

async function bundleItems(bytes: Bytes, name: string, passphrases: readonly string[]): Promise<Result<Items>> {
  const clear = await readClearPkcs12(bytes)
  if (clear) return ok({ items: contentItems(clear, false), changes: [] })
  let last: Awaited<ReturnType<typeof openPkcs12>> | undefined
  for (const passphrase of [...passphrases, '']) {
    last = await openPkcs12(bytes, passphrase, name)
    if (last.ok) return ok({ items: contentItems(last.value, passphrase !== ''), changes: [] })
    if (last.problem.code !== 'key.passphrase-wrong') return last
  }
  return passphrases.length > 0 && last && !last.ok ? last : refuse({ code: 'key.passphrase-needed', name })
}

function contentItems({ keys, certificates, crls }: Pkcs12Contents, wasProtected: boolean): Item[] {
  return [
    ...keys.map(({ pkcs8, friendlyName }) => heldKey(pkcs8, wasProtected, friendlyName)),
    ...certificates.flatMap(({ der, friendlyName }) => publicItem('certificate', der, friendlyName)),
    ...crls.flatMap((der) => publicItem('crl', der)),
  ]
}

function heldKey(pkcs8: Bytes, wasProtected: boolean, name: string | undefined): Item {
  const open = async () => ok(await openedKey({ pkcs8, container: 'PKCS#8' }))
  return { kind: 'private-key', der: pkcs8, pem: null, ...(name && { name }), key: { wasProtected, open } }
}

function publicItem(kind: 'certificate' | 'crl', der: Bytes, name?: string): Item[] {
  const readable = kind === 'certificate' ? readCertificate(der) : readCrl(der)
  return readable ? [{ kind, der, pem: toPem(labelOf[kind], der), ...(name && { name }) }] : []
}

async function keystoreItems(bytes: Bytes, name: string, passphrases: readonly string[]): Promise<Result<Items>> {
  const keystore = readKeystore(bytes)
  if (!keystore) return refuse({ code: 'file.damaged', name, what: 'keystore' })
  const items: Item[] = []
  const budget = newBudget()
  for (const entry of keystore.entries) {
    if (entry.kind === 'key') {
      const sealed = readSealedEntry(entry.sealed)
      if (!sealed) return refuse({ code: 'file.damaged', name, what: 'private key' })
      if ('unsupported' in sealed)
        return refuse({ code: 'key.protection-unsupported', name, scheme: sealed.unsupported })
      const key = await firstThatOpens(passphrases, (passphrase) => sealed.open(passphrase, budget))
      if (key) items.push(heldKey(key, true, entry.alias))
      else items.push(lockedEntry(name, entry.alias, passphrases.length > 0))
    }
    for (const one of entry.certificates) items.push(...publicItem('certificate', one, entry.alias))
  }
  return ok({ items, changes: [] })
}

async function firstThatOpens(passphrases: readonly string[], open: (passphrase: string) => Promise<Bytes | string>) {
  for (const passphrase of passphrases) {
    const key = await open(passphrase)
    if (typeof key !== 'string' && readPlainKey(key)) return key
  }
  return null
}

/** Certificates of a keystore are there without its passphrase: only who wants the key is refused. */
function lockedEntry(name: string, alias: string, tried: boolean): Item {
  const code = tried ? 'key.passphrase-wrong' : 'key.passphrase-needed'
  const open = async () => refuse({ code, name })
  return { kind: 'private-key', der: new Uint8Array(0), pem: null, name: alias, key: { wasProtected: true, open } }
}

function collectionItems(bytes: Bytes): Result<Items> {
  const found = readPkcs7(bytes)
  const items = [
    ...(found?.certificates ?? []).flatMap((der) => publicItem('certificate', der)),
    ...(found?.crls ?? []).flatMap((der) => publicItem('crl', der)),
  ]
  const whole = found !== null && items.length === found.certificates.length + found.crls.length
  return ok({
    items,
    changes: [...(items.length > 0 ? (['pkcs7'] as const) : []), ...(whole ? [] : (['blocks-damaged'] as const))],
  })
}
