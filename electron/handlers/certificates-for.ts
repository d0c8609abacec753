import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { NamedBytes } from '../gather.ts'
import type { AttachingMeans } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'

export type Held = { der: Uint8Array; pem: string; facts: Facts }

/** A certificate with the identity it belongs to, its issuers nearest first, and the roots that came along. */
export type Fitting = {
  record: IdentityRecord
  name: string
  certificate: Held
  chain: Held[]
  serverCaPem?: string
}

type Read = { name: string; certificates: Held[] }

/**
 * Finds, among what was brought, the certificate of an identity: of the one on show, or else of whichever has its key.
 * A near miss (the request again, a key, somebody else's certificate) gets its own refusal.
 */
export async function certificatesFor(
  means: AttachingMeans,
  files: readonly NamedBytes[],
  { identity, passphrase }: { identity?: string; passphrase?: string },
): Promise<Result<Fitting>> {
  const { records } = await means.vault.identities.list()
  const own = records.find(({ handle }) => handle === identity)
  if (identity !== undefined && !own) return refuse({ code: 'vault.no-such-identity' })

  const read = await readAll(means, files, passphrase)
  if (!read.ok) return (await ownRequest(means, read, files, records)) ?? read
  const all = read.value.flatMap(({ certificates }) => certificates)

  const pairs = read.value.flatMap(({ name, certificates }) =>
    certificates.flatMap((certificate) => {
      const record = ownerOf(certificate, records, identity)
      return record ? [{ name, certificate, record }] : []
    }),
  )
  const mine = pairs.filter(({ record }) => own === undefined || record.handle === own.handle).sort(laterFirst)[0]
  const name = read.value.find(({ certificates }) => certificates.length > 0)?.name ?? ''
  if (mine) return ok(await withChain(mine, all))
  if (own?.certificatePem !== undefined) {
    const completed = await completeChain(own, own.certificatePem, name, all)
    if (completed) return ok(completed)
  }
  const other = pairs[0]?.record
  if (other) return refuse({ code: 'attach.other-identity', name, belongsTo: other.plan.name })
  const leaf = all.find(({ facts }) => facts.isCa !== true) ?? all[0]
  return refuse({ code: 'attach.no-identity', name, subject: (leaf?.facts.subject ?? '').slice(0, 300) || 'no name' })
}

/**
 * Whose certificate it is. After a renewal with the same key two identities have that key: the one that has this very
 * certificate, or else the one on show, or else the one that waits for it.
 */
function ownerOf({ pem, facts }: Held, records: readonly IdentityRecord[], shown: string | undefined) {
  const withKey = records.filter(({ spkiSha256 }) => spkiSha256 === facts.spkiSha256)
  const holder = withKey.find(({ certificatePem }) => certificatePem?.trim() === pem.trim())
  const waiting = withKey.findLast(({ certificatePem }) => certificatePem === undefined)
  return holder ?? withKey.find(({ handle }) => handle === shown) ?? waiting ?? withKey.at(-1)
}

/** One file that says no does not spoil the others; when all say no, a passphrase is asked for first. */
async function readAll(
  means: AttachingMeans,
  files: readonly NamedBytes[],
  passphrase?: string,
): Promise<Result<Read[]>> {
  const reader = await means.reader()
  const read: Read[] = []
  const refused: { ok: false; problem: Problem }[] = []
  for (const { file, bytes } of files) {
    const found = await reader.certificatesIn(file, bytes, passphrase, means.now())
    if (found.ok) read.push({ name: file, certificates: found.value.certificates })
    else refused.push(found)
  }
  if (read.length > 0) return ok(read)
  const locked = refused.find(({ problem }) => problem.code.startsWith('key.passphrase-'))
  return locked ?? refused[0] ?? refuse({ code: 'file.empty', name: '' })
}

/** The commonest slip deserves its own words: the request that was sent, brought instead of the answer to it. */
async function ownRequest(
  means: AttachingMeans,
  { problem }: { problem: Problem },
  files: readonly NamedBytes[],
  records: readonly IdentityRecord[],
): Promise<Result<never> | undefined> {
  const file = problem.code === 'attach.is-request' && files.find((one) => one.file === problem.name)
  if (!file) return undefined
  const looked = await (await means.reader()).inspect([file], [])
  const requests = looked.ok ? looked.value.objects.filter(({ kind }) => kind === 'request') : []
  const isOwn = requests.some(({ facts }) => records.some(({ spkiSha256 }) => spkiSha256 === facts.spkiSha256))
  return isOwn ? refuse({ code: 'attach.is-own-request', name: file.file }) : undefined
}

/** Renewed with the same key, two certificates fit: the one that begins later is meant. */
const laterFirst = (a: { certificate: Held }, b: { certificate: Held }) =>
  (b.certificate.facts.notBefore ?? '').localeCompare(a.certificate.facts.notBefore ?? '')

async function withChain(
  { record, name, certificate }: { record: IdentityRecord; name: string; certificate: Held },
  brought: readonly Held[],
): Promise<Fitting> {
  // Issuers that came with an earlier certificate may complete this one's chain.
  const known = [
    ...brought.map(({ der }) => der),
    ...record.chainPem.flatMap(dersIn),
    ...dersIn(record.serverCaPem ?? ''),
  ]
  const { chain } = await orderChainChecked(certificate.der, known)
  const held = chain.map((der) => ({ der, pem: toPem('CERTIFICATE', der), facts: readCertificate(der)?.facts ?? {} }))
  const roots = brought.filter(({ facts }) => facts.isCa === true && facts.selfSigned === true)
  const serverCaPem = roots.length > 0 ? distinct(roots.map(({ pem }) => pem)).join('') : undefined
  return { record, name, certificate, chain: held, serverCaPem }
}

/** Only issuers came, for a certificate that is here already: they are added to its chain. */
async function completeChain(record: IdentityRecord, leafPem: string, name: string, brought: readonly Held[]) {
  const [der] = dersIn(leafPem)
  const facts = der && readCertificate(der)?.facts
  if (!der || !facts) return null
  const fitting = await withChain({ record, name, certificate: { der, pem: leafPem, facts } }, brought)
  return fitting.chain.length > record.chainPem.length ? fitting : null
}

const dersIn = (pem: string): Uint8Array[] => pemBlocks(pem).map(({ der }) => der)

const distinct = (texts: readonly string[]) => [...new Set(texts)]
