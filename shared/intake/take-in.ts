import { readCertificate } from '../pki/certificate.ts'
import { orderChainChecked } from '../pki/chain.ts'
import { type Item, itemsOf } from '../pki/convert-items.ts'
import type { Bytes } from '../pki/der.ts'
import type { Facts } from '../pki/facts.ts'
import type { NamedFile, ReadingHears } from '../pki/inspect.ts'
import { keyAlgorithmOf } from '../pki/key-algorithm-of.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import { spkiSha256 } from '../pki/keys.ts'
import { toPem } from '../pki/pem.ts'
import { readRequest } from '../pki/request.ts'
import type { Problem } from '../problems.ts'
import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { databaseIn } from './database.ts'

type Public = { file: string; pem: string; facts: Facts; der: Bytes }

/** One private key and all that was found for it. `pkcs8` is in the clear: whoever asked zeroes it. */
export type FoundKey = {
  pkcs8: Bytes
  spkiSha256: string
  key: KeyAlgorithm
  file: string
  /** The friendly name that a container gives it. */
  name?: string
  /** It lay in its file without a passphrase, and still does. */
  unprotected: boolean
  request?: Public
  /** The latest of those with this key. */
  certificate?: Public
  /** Issuers, nearest first. */
  chain: string[]
  /** Self-signed authorities above it: what the provider's servers may be trusted by. */
  rootPem?: string
  /** Certificates with the same key that are older. */
  older: number
}

export type TakenIn = {
  keys: FoundKey[]
  /** Files that ask for a passphrase, or for another one. */
  locked: string[]
  leftOut: { file: string; problem: Problem }[]
  /** Certificates that are no authority's, and requests, for which no key was found. */
  lonely: { file: string; what: 'certificate' | 'request'; subject: string }[]
}

/**
 * What in these files makes identities: keys, paired by their public half with requests and certificates, with chains
 * put in order. Any file may hold any number of any of them, in every form that the inspector reads.
 */
export async function takeIn(
  files: readonly NamedFile[],
  passphrases: readonly string[],
  hears: ReadingHears = {},
): Promise<TakenIn> {
  const taken: TakenIn = { keys: [], locked: [], leftOut: [], lonely: [] }
  const requests: Public[] = []
  const certificates: Public[] = []
  for (const [at, { file, bytes, refused }] of files.entries()) {
    hears.file?.(at)
    const items = refused ? refuse(refused) : await itemsIn(file, bytes, passphrases, hears)
    if (!items.ok) {
      note(taken, file, items.problem)
      continue
    }
    for (const item of items.value) {
      if (item.kind === 'certificate') certificates.push(...publicOf(file, item, readCertificate(item.der)?.facts))
      if (item.kind === 'request') requests.push(...publicOf(file, item, readRequest(item.der)?.facts))
      if (item.kind === 'private-key') await takeKey(taken, file, item)
    }
  }
  for (const key of taken.keys) await pair(key, requests, certificates)
  tellLonely(taken, requests, certificates)
  return taken
}

async function itemsIn(file: string, bytes: Bytes, passphrases: readonly string[], hears: ReadingHears) {
  const database = databaseIn(bytes)
  if (database) return refuse({ code: database === 'xca' ? 'import.xca-database' : 'import.sqlite', name: file })
  hears.opening?.()
  const items: Result<{ items: Item[] }> = await itemsOf(file, bytes, passphrases)
  return items.ok ? ok(items.value.items) : items
}

function note(taken: TakenIn, file: string, problem: Problem): void {
  const locked = problem.code === 'key.passphrase-needed' || problem.code === 'key.passphrase-wrong'
  if (!locked) taken.leftOut.push({ file, problem })
  else if (!taken.locked.includes(file)) taken.locked.push(file)
}

function publicOf(file: string, { der, pem, kind }: Item, facts: Facts | undefined): Public[] {
  const label = kind === 'request' ? 'CERTIFICATE REQUEST' : 'CERTIFICATE'
  return facts ? [{ file, der, facts, pem: pem?.startsWith(`-----BEGIN ${label}-----`) ? pem : toPem(label, der) }] : []
}

async function takeKey(taken: TakenIn, file: string, item: Item): Promise<void> {
  const opened = await item.key?.open()
  if (!opened) return
  if (!opened.ok) return note(taken, file, opened.problem)
  const { pkcs8, spki, facts } = opened.value
  const key = keyAlgorithmOf(facts)
  // Below 2048 bits no provider takes it, and nothing here could make a certificate with it.
  const weak = facts.keyAlgorithm === 'RSA' && (facts.keyBits ?? 0) < 2048
  if (!spki || !key || weak) {
    const type = [facts.keyAlgorithm, facts.curve ?? facts.keyBits].filter(Boolean).join(' ')
    return note(taken, file, { code: 'key.type-unsupported', name: file, type })
  }
  const digest = await spkiSha256(spki)
  const unprotected = item.key?.wasProtected === false
  const known = taken.keys.find((one) => one.spkiSha256 === digest)
  if (known) {
    known.unprotected ||= unprotected
    return
  }
  const name = item.name === undefined ? {} : { name: item.name }
  taken.keys.push({ pkcs8, spkiSha256: digest, key, file, ...name, unprotected, chain: [], older: 0 })
}

async function pair(key: FoundKey, requests: readonly Public[], certificates: readonly Public[]): Promise<void> {
  const mine = (one: Public) => one.facts.spkiSha256 === key.spkiSha256
  key.request = requests.find(mine)
  const own = new Map(certificates.filter(mine).map((one) => [one.facts.sha256, one]))
  const latest = [...own.values()].sort((a, b) => (b.facts.notBefore ?? '').localeCompare(a.facts.notBefore ?? ''))
  key.certificate = latest[0]
  key.older = Math.max(0, latest.length - 1)
  if (!key.certificate) return
  const others = certificates.filter((one) => !mine(one)).map(({ der }) => der)
  const { chain } = await orderChainChecked(key.certificate.der, others)
  key.chain = chain.map((der) => toPem('CERTIFICATE', der))
  const root = chain.at(-1)
  const isRoot = root && readCertificate(root)?.facts.selfSigned === true
  if (isRoot) key.rootPem = key.chain.at(-1)
}

function tellLonely(taken: TakenIn, requests: readonly Public[], certificates: readonly Public[]): void {
  const has = ({ facts }: Public) => taken.keys.some((key) => key.spkiSha256 === facts.spkiSha256)
  const told = new Set<string>()
  const tell = (what: 'certificate' | 'request', { file, facts }: Public) => {
    if (told.has(`${what} ${facts.sha256}`)) return
    told.add(`${what} ${facts.sha256}`)
    taken.lonely.push({ file, what, subject: (facts.subject ?? '').slice(0, 300) })
  }
  for (const one of certificates) if (!has(one) && one.facts.isCa !== true) tell('certificate', one)
  for (const one of requests) if (!has(one)) tell('request', one)
}
