import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import { pairFindings } from '../../shared/pki/pair-findings.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { policyInForce } from '../policy/in-force.ts'
import { otherTrustRefusal } from '../policy/refusals.ts'
import type { Reader } from '../reader-client.ts'
import type { ProbeOptions } from '../tls/probe-options.ts'
import { type Arguments, usageProblem } from './args.ts'
import type { Io } from './io.ts'
import { isTokenKey } from './is-token-key.ts'
import { certificatesIn, type Held, keyIn } from './material.ts'
import { passphrasesGiven } from './passphrase.ts'
import { plain } from './print.ts'
import { unlessSwapped } from './swapped.ts'

/** Who calls, and whom they trust, from files. */
export type Material = {
  identity: ProbeOptions['identity']
  trust: ProbeOptions['trust']
  leaf?: Held
  chain: Held[]
}

export async function materialGiven(args: Arguments, io: Io, reader: Reader): Promise<Result<Material>> {
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const trust = await trustGiven(args, io, reader)
  if (!trust.ok) return trust
  const cert = args.one('cert')
  if (cert === undefined) return ok({ identity: null, trust: trust.value, chain: [] })
  const held: Held[] = []
  for (const path of [cert, ...args.all('chain')]) {
    const found = await certificatesIn(path, reader, io, passphrases.value)
    if (!found.ok) return path === cert ? unlessSwapped(found, cert, args.one('key'), reader) : found
    held.push(...found.value)
  }
  const named = args.one('key')
  if (isTokenKey(named)) return withTokenKey(named, args, io, held, trust.value)
  const key = await keyIn(named ?? cert, io, passphrases.value)
  if (!key.ok) return key
  const keyPem = toPem('PRIVATE KEY', key.value.pkcs8)
  const { spkiSha256 } = await import('../../shared/pki/keys.ts')
  const digest = key.value.spki && (await spkiSha256(key.value.spki))
  noteOrder(cert, held, key.value.facts, io)
  key.value.pkcs8.fill(0)
  // Chains come in any order: the key says which certificate is ours. Where none is, the first one shows the mismatch.
  const leaf = held.find(({ facts }) => facts.spkiSha256 === digest) ?? held[0]
  if (!leaf) return refuse({ code: 'file.unknown-kind', name: cert })
  const chain = await chainOf(leaf, held)
  return ok({
    identity: { certificatePem: leaf.pem, chainPem: chain.map(({ pem }) => pem), keyPem },
    trust: trust.value,
    leaf,
    chain,
  })
}

/** What is held beside the leaf, in the order of a chain. */
async function chainOf(leaf: Held, held: readonly Held[]): Promise<Held[]> {
  const ordered = await orderChainChecked(
    leaf.der,
    held.map(({ der }) => der),
  )
  return ordered.chain.map((der) => ({
    der,
    pem: toPem('CERTIFICATE', der),
    facts: readCertificate(der)?.facts ?? {},
  }))
}

/** The key stays in its token: the certificate is the first that is no authority, as nothing else tells whose it is. */
async function withTokenKey(
  uri: string,
  args: Arguments,
  io: Io,
  held: readonly Held[],
  trust: ProbeOptions['trust'],
): Promise<Result<Material>> {
  const { tokenKeyGiven } = await import('./test-token-key.ts')
  const engineKey = await tokenKeyGiven(uri, args, io)
  if (!engineKey.ok) return engineKey
  const leaf = held.find(({ facts }) => facts.isCa !== true) ?? held[0]
  if (!leaf) return refuse({ code: 'file.unknown-kind', name: args.one('cert') ?? '' })
  const chain = await chainOf(leaf, held)
  const chainPem = chain.map(({ pem }) => pem)
  return ok({ identity: { certificatePem: leaf.pem, chainPem, engineKey: engineKey.value }, trust, leaf, chain })
}

/** Here the key says which certificate is ours; other programs take the first, and refuse the pair. */
function noteOrder(cert: string, held: readonly Held[], key: Facts, io: Io): void {
  const objects = held.map(({ facts }, at) => ({ id: `${at}`, kind: 'certificate' as const, facts }))
  const own = { id: 'key', kind: 'private-key' as const, facts: key }
  for (const finding of pairFindings({ name: cert, objects }, { name: cert, objects: [own] })) {
    if (finding.severity !== 'refuses') io.note(`countersign: ${plain(finding.message)} ${finding.next ?? ''}`)
  }
}

/** Whom to trust at the other end: `--ca`, `--trust-once`, or the roots of this computer. */
export async function trustGiven(args: Arguments, io: Io, reader: Reader): Promise<Result<ProbeOptions['trust']>> {
  const path = args.one('ca')
  const once = args.one('trust-once')
  const refused = path === undefined && once === undefined ? null : otherTrustRefusal(policyInForce())
  if (refused) return refuse(refused)
  if (once !== undefined) {
    if (path !== undefined) return usageProblem('Say either --ca or --trust-once')
    const onceSha256 = once.replace(/[:\s]/g, '').toLowerCase()
    return /^[0-9a-f]{64}$/.test(onceSha256)
      ? ok({ onceSha256 })
      : usageProblem('--trust-once takes the SHA-256 of the server’s certificate, 64 hexadecimal digits')
  }
  if (path === undefined) return ok({ system: true })
  const found = await certificatesIn(path, reader, io, [])
  if (found.ok) return ok({ caPem: found.value.map(({ pem }) => pem).join('') })
  const { code } = found.problem
  return code.startsWith('attach.') || code === 'file.unknown-kind'
    ? refuse({ code: 'test.trust-file-wrong', name: path })
    : found
}
