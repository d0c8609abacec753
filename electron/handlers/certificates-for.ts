import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChain, verifySignature } from '../../shared/pki/chain.ts'
import type { Facts, InspectedObject } from '../../shared/pki/facts.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { NamedBytes } from '../kept-files.ts'
import type { Means } from '../means.ts'
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

type Read = { name: string; objects: InspectedObject[]; certificates: Held[] }

/**
 * Finds, among what was brought, the certificate of an identity: of the one on show, or else of whichever has its key.
 * A near miss (the request again, a key, somebody else's certificate) gets its own refusal.
 */
export async function certificatesFor(
  means: Means,
  files: readonly NamedBytes[],
  { identity, passphrase }: { identity?: string; passphrase?: string },
): Promise<Result<Fitting>> {
  const { records } = await means.vault.identities.list()
  const own = records.find(({ handle }) => handle === identity)
  if (identity !== undefined && !own) return refuse({ code: 'vault.no-such-identity' })

  const read = await readAll(means, files, passphrase)
  if (!read.ok) return read
  const all = read.value.flatMap(({ certificates }) => certificates)
  if (all.length === 0) return refuseWithout(read.value, records)

  const pairs = read.value.flatMap(({ name, certificates }) =>
    certificates.flatMap((certificate) => {
      const record = records.find(({ spkiSha256 }) => spkiSha256 === certificate.facts.spkiSha256)
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

async function readAll(means: Means, files: readonly NamedBytes[], passphrase?: string): Promise<Result<Read[]>> {
  const reader = await means.reader()
  const read: Read[] = []
  let refused: Result<never> | undefined
  for (const { file, bytes } of files) {
    const found = await reader.certificatesIn(file, bytes, passphrase)
    if (found.ok) read.push({ name: file, ...found.value })
    else refused ??= found
  }
  // One file that says no does not spoil the others, unless none of them has what is looked for.
  if (refused && !read.some(({ certificates }) => certificates.length > 0)) return refused
  return ok(read)
}

const plainKind: Record<InspectedObject['kind'], string> = {
  certificate: 'a damaged certificate',
  request: 'a signing request (CSR)',
  crl: 'a revocation list (CRL)',
  'private-key': 'a private key',
  'public-key': 'a public key',
  pkcs12: 'a bundle (PKCS#12) without one',
  pkcs7: 'a PKCS#7 file without one',
  keystore: 'a keystore of another kind',
  unknown: 'something else',
}

function refuseWithout(read: readonly Read[], records: readonly IdentityRecord[]): Result<never> {
  const found = read.flatMap(({ name, objects }) => objects.map((object) => ({ name, object })))
  const request = found.find(({ object }) => object.kind === 'request')
  if (request) {
    const isOwn = records.some(({ spkiSha256 }) => spkiSha256 === request.object.facts.spkiSha256)
    return refuse({ code: isOwn ? 'attach.is-own-request' : 'attach.is-request', name: request.name })
  }
  const key = found.find(({ object }) => object.kind === 'private-key')
  if (key) return refuse({ code: 'attach.is-private-key', name: key.name })
  const [first] = found
  const name = first?.name ?? read[0]?.name ?? ''
  if (!first || first.object.kind === 'unknown') return refuse({ code: 'file.unknown-kind', name })
  return refuse({ code: 'attach.no-certificate', name, found: plainKind[first.object.kind] })
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
  const { chain } = orderChain(certificate.der, without(known, certificate.der))
  const held = chain.map((der) => ({ der, pem: toPem('CERTIFICATE', der), facts: readCertificate(der)?.facts ?? {} }))
  const roots = brought.filter(({ facts }) => facts.isCa === true && facts.selfSigned === true)
  const serverCaPem = roots.length > 0 ? distinct(roots.map(({ pem }) => pem)).join('') : undefined
  return { record, name, certificate, chain: held, serverCaPem }
}

/** Only issuers came, for a certificate that is here already: they are added to its chain, if they really signed it. */
async function completeChain(record: IdentityRecord, leafPem: string, name: string, brought: readonly Held[]) {
  const [der] = dersIn(leafPem)
  const facts = der && readCertificate(der)?.facts
  if (!der || !facts) return null
  const fitting = await withChain({ record, name, certificate: { der, pem: leafPem, facts } }, brought)
  if (fitting.chain.length <= record.chainPem.length) return null
  const [below, above] = [...[{ der }], ...fitting.chain].slice(record.chainPem.length)
  return below && above && (await verifySignature(below.der, above.der)) !== false ? fitting : null
}

const dersIn = (pem: string): Uint8Array[] => pemBlocks(pem).map(({ der }) => der)

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at])

const without = (ders: readonly Uint8Array[], der: Uint8Array) => ders.filter((one) => !same(one, der))

const distinct = (texts: readonly string[]) => [...new Set(texts)]
