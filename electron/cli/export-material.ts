import { fileNameOf } from '../../shared/handover/file-name.ts'
import type { HandoverMaterial } from '../../shared/handover/receiver-files.ts'
import type { Receiver } from '../../shared/handover/receivers.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import { keyAlgorithmOf } from '../../shared/pki/key-algorithm-of.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { spkiSha256 } from '../../shared/pki/keys.ts'
import { partOf } from '../../shared/pki/names.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { materialOf } from '../handlers/handover/export-for.ts'
import { createReader, type Reader } from '../reader-client.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import type { AppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { baseGiven } from './file-base.ts'
import type { Io } from './io.ts'
import { certificatesIn, type Held, keyIn } from './material.ts'
import { passphrasesGiven } from './passphrase.ts'
import { unlessSwapped } from './swapped.ts'

/** What is handed over, before it is known how its key is protected. */
export type Exported = Omit<HandoverMaterial, 'passphrase'> & {
  /** Which programs take such a key; unknown for kinds that the app does not make. */
  key: KeyAlgorithm | null
  /** Of the certificate. */
  subject: string
  notAfter: string
}

/** From the files that `--cert`, `--key`, `--chain` and `--server-ca` name. */
export async function materialInFiles(args: Arguments, io: Io, receiver: Receiver): Promise<Result<Exported>> {
  if (!args.has('cert')) return usageProblem('Say --cert FILE and --key FILE, or --identity NAME')
  if (!args.has('key') && !receiver.public) return usageProblem('Say --key FILE')
  const reader = createReader()
  try {
    return await inFiles(args, io, receiver, reader)
  } finally {
    await reader.close()
  }
}

async function inFiles(args: Arguments, io: Io, receiver: Receiver, reader: Reader): Promise<Result<Exported>> {
  const [cert = '', key] = [args.one('cert'), receiver.public ? undefined : args.one('key')]
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const opened = key === undefined ? null : await keyIn(key, io, passphrases.value)
  if (opened && !opened.ok) return unlessSwapped(opened, cert, key, reader)
  const held: Held[] = []
  for (const path of [cert, ...args.all('chain')]) {
    const found = await certificatesIn(path, reader, io, passphrases.value)
    if (!found.ok) return path === cert ? unlessSwapped(found, cert, key, reader) : found
    held.push(...found.value)
  }
  const digest = opened?.value.spki && (await spkiSha256(opened.value.spki))
  const leaf = opened ? held.find(({ facts }) => facts.spkiSha256 === digest) : held[0]
  if (!leaf) return refuse({ code: 'export.key-mismatch', key: key ?? '', certificate: cert })
  const trusted: Held[] = []
  for (const path of args.all('server-ca')) {
    const found = await certificatesIn(path, reader, io, passphrases.value)
    if (!found.ok) return found
    trusted.push(...found.value)
  }
  const { chain } = await orderChainChecked(
    leaf.der,
    held.map(({ der }) => der),
  )
  const name = partOf(leaf.facts.subjectParts, 'CN') ?? 'client'
  const stem = baseGiven(args, fileNameOf(name))
  if (!stem.ok) return stem
  return ok({
    name,
    stem: stem.value,
    ...(opened && { pkcs8: opened.value.pkcs8 }),
    certificateDer: leaf.der,
    chain,
    ...(trusted.length > 0 && { serverCaPem: trusted.map(({ pem }) => pem).join('') }),
    now: io.now(),
    key: keyAlgorithmOf(leaf.facts),
    subject: leaf.facts.subject ?? '',
    notAfter: leaf.facts.notAfter ?? '',
  })
}

/** From an identity of the app's vault. */
export async function materialInVault(
  { vault }: AppVault,
  record: IdentityRecord,
  receiver: Receiver,
  args: Arguments,
  io: Io,
): Promise<Result<Exported>> {
  const found = await materialOf({ vault, now: io.now }, record, receiver, null)
  if (!found.ok) return found
  const stem = baseGiven(args, found.value.stem)
  if (!stem.ok) return stem
  const { facts } = readCertificate(found.value.certificateDer) ?? {}
  return ok({
    ...found.value,
    stem: stem.value,
    key: record.plan.key,
    subject: facts?.subject ?? '',
    notAfter: facts?.notAfter ?? '',
  })
}

/** The identity that is named, by its name or handle. */
export async function identityNamed({ vault }: AppVault, wanted: string): Promise<Result<IdentityRecord>> {
  const { records } = await vault.identities.list()
  const fitting = records.filter(({ handle, plan }) => handle === wanted || plan.name === wanted)
  const [only] = fitting
  if (!only) return refuse({ code: 'handover.no-identity', asked: wanted.slice(0, 200) })
  if (fitting.length === 1) return ok(only)
  const handles = fitting.map(({ handle }) => handle).join(', ')
  return usageProblem(`Several identities have this name: say which by its handle: ${handles}`)
}
