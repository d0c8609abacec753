import { basename, dirname, extname, join } from 'node:path'
import type { z } from 'zod'
import { type Finding, refusesAny } from '../../shared/findings.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import type { Facts, InspectedObject } from '../../shared/pki/facts.ts'
import { spkiSha256 } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import type { Problem } from '../../shared/problems.ts'
import { checkCertificate } from '../../shared/providers/conformance.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { createReader, type Reader } from '../reader-client.ts'
import { dataOption } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Answer, type Command, jsonOption, providerOptions } from './command.ts'
import { baseGiven } from './file-base.ts'
import type { Io } from './io.ts'
import { certificatesIn, type Held, keyIn } from './material.ts'
import { nearMiss } from './near-miss.ts'
import type { AttachOut } from './output.ts'
import { passphrasesGiven } from './passphrase.ts'
import { columns, findingLines, painter, problemJson, problemLines } from './print.ts'
import { environmentGiven, providerGiven } from './provider.ts'
import { readGiven } from './read-given.ts'
import { unlessSwapped } from './swapped.ts'
import { writeFiles } from './write-files.ts'

export const attach: Command = {
  name: 'attach',
  usage: '--key FILE --request FILE CERTIFICATE… | --identity NAME CERTIFICATE…',
  says: 'Brings a certificate home: finds, among the keys and requests given, the one it belongs to, checks it, and writes it with its chain. Nothing is written when it does not fit.',
  notes: [
    'CERTIFICATE may be PEM, DER, a chain in any order, PKCS#7 or PKCS#12.',
    'With --identity nothing is written beside the files: certificate and chain rest with the identity in the app’s vault. The name of one that is being renewed stands for its successor.',
  ],
  options: {
    key: { takes: 'FILE', many: true, says: 'a private key it may belong to' },
    request: { takes: 'FILE', many: true, says: 'a signing request it may belong to' },
    identity: { takes: 'NAME', says: 'an identity of the app, by name or handle, instead of files' },
    data: dataOption,
    ...providerOptions,
    out: {
      takes: 'FOLDER',
      says: 'where NAME.crt and NAME.chain.pem are written; beside the key or request otherwise',
    },
    name: { takes: 'NAME', says: 'name of the files; that of the key or request otherwise' },
    despite: { takes: 'CODE', many: true, says: 'accept this finding, although it refuses' },
    'passphrase-file': {
      takes: 'FILE',
      many: true,
      says: 'first line of FILE opens a key, a bundle, or the app’s vault',
    },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign attach --key acme.key --request acme.csr returned.pem --provider truv --environment sandbox',
    'countersign attach --identity "Acme live 2027" returned.pem --passphrase-file pass.txt',
  ],
  async run(args, io) {
    if (args.rest.length === 0) return usageProblem('Say which file came back')
    if (args.has('identity')) return (await import('./attach-in-app.ts')).attachInApp(args, io)
    if (!args.has('key') && !args.has('request'))
      return usageProblem('Say --key or --request, what it may belong to, or --identity NAME')
    const passphrases = await passphrasesGiven(args)
    if (!passphrases.ok) return passphrases
    const reader = createReader()
    try {
      return await bringHome(args, io, reader, passphrases.value)
    } finally {
      await reader.close()
    }
  },
}

type Own = { file: string; spkiSha256: string; requestFacts?: Facts }

async function bringHome(args: Arguments, io: Io, reader: Reader, passphrases: string[]): Promise<Result<Answer>> {
  const provider = await providerGiven(args)
  if (!provider.ok) return provider
  const profile = provider.value
  const environment = profile ? environmentGiven(args, profile) : undefined
  if (environment && !environment.ok) return environment
  const own = await ownKeys(args, io, reader, passphrases)
  if (!own.ok) return own
  const found = await fitting(args.rest, own.value, reader, io, passphrases)
  if (!found.ok) return found
  const { certificate, from, belongsTo, others } = found.value

  const { chain, missingIssuer } = await orderChainChecked(
    certificate.der,
    others.map(({ der }) => der),
  )
  const findings = profile
    ? checkCertificate(profile, environment?.value.id ?? '', {
        facts: certificate.facts,
        requestFacts: belongsTo.requestFacts,
        selfSigned: certificate.facts.selfSigned === true,
        now: io.now(),
      })
    : await plainFindings(certificate, reader, io)
  const refusing = findings.filter((finding) => refusesAny([finding]) && !args.all('despite').includes(finding.code))
  const paint = painter(io)
  if (refusing.length > 0) {
    const problem: Problem = { code: 'attach.needs-consent', name: from, findings: refusing.length }
    const text = () =>
      `${problemLines(problem, paint)}\n\n${findingLines(findings, paint)}\n\nTo attach it all the same: ${refusing.map(({ code }) => `--despite ${code}`).join(' ')}`
    return ok({ exit: 1, json: { problem: problemJson(problem), findings }, text })
  }
  const base = baseGiven(args, basename(belongsTo.file, extname(belongsTo.file)))
  if (!base.ok) return base
  const folder = args.one('out') ?? dirname(belongsTo.file)
  const files = {
    certificate: join(folder, `${base.value}.crt`),
    ...(chain.length > 0 ? { chain: join(folder, `${base.value}.chain.pem`) } : {}),
  }
  const written = await writeFiles(
    [
      { path: files.certificate, content: certificate.pem },
      ...(files.chain ? [{ path: files.chain, content: chain.map((der) => toPem('CERTIFICATE', der)).join('') }] : []),
    ],
    args.has('force'),
  )
  if (!written.ok) return written
  const json: z.infer<typeof AttachOut> = {
    belongsTo: belongsTo.file,
    from,
    facts: certificate.facts,
    chain: chain.map((der) => readCertificate(der)?.facts.subject ?? ''),
    missingIssuer: missingIssuer ?? null,
    files,
    findings,
  }
  const text = () =>
    [
      paint(`The certificate belongs to ${belongsTo.file}`, 'strong'),
      columns([
        ['certificate', files.certificate],
        ['chain', files.chain && `${files.chain} (${json.chain.join(' ← ')})`],
        ['subject', certificate.facts.subject],
        ['issuer', certificate.facts.issuer],
        ['valid', `${certificate.facts.notBefore} to ${certificate.facts.notAfter}`],
        ['missing', missingIssuer && `the chain ends before ${missingIssuer}`],
      ]),
      ...(findings.length > 0 ? [findingLines(findings, paint)] : []),
    ].join('\n')
  return ok({ exit: 0, json, text })
}

async function ownKeys(args: Arguments, io: Io, reader: Reader, passphrases: string[]): Promise<Result<Own[]>> {
  const own: Own[] = []
  for (const path of args.all('request')) {
    const read = await readGiven(path)
    if (!read.ok) return read
    const looked = await reader.inspect([{ file: path, bytes: read.value }], [])
    if (!looked.ok) return looked
    const request = looked.value.objects.find(({ kind }) => kind === 'request')
    const digest = request?.facts.spkiSha256
    if (!request || digest === undefined) return nearMiss('request.none-in-file', path, read.value)
    own.push({ file: path, spkiSha256: digest, requestFacts: request.facts })
  }
  for (const path of args.all('key')) {
    const opened = await keyIn(path, io, passphrases)
    const [returned] = args.rest
    if (!opened.ok) return returned === undefined ? opened : unlessSwapped(opened, returned, path, reader)
    if (opened.value.spki) own.push({ file: path, spkiSha256: await spkiSha256(opened.value.spki) })
  }
  return ok(own)
}

type Fitting = { certificate: Held; from: string; belongsTo: Own; others: Held[] }

async function fitting(
  paths: readonly string[],
  own: readonly Own[],
  reader: Reader,
  io: Io,
  passphrases: string[],
): Promise<Result<Fitting>> {
  const all: { held: Held; from: string }[] = []
  let refused: { ok: false; problem: Problem } | undefined
  for (const path of paths) {
    const found = await certificatesIn(path, reader, io, passphrases)
    if (found.ok) all.push(...found.value.map((held) => ({ held, from: path })))
    else refused ??= (await ownRequest(path, own, found.problem, reader)) ?? found
  }
  const pairs = all.flatMap(({ held, from }) => {
    // The request knows more than the key: what was asked for.
    const belongsTo = own.find(({ spkiSha256: digest }) => digest === held.facts.spkiSha256)
    return belongsTo ? [{ certificate: held, from, belongsTo }] : []
  })
  // Renewed with the same key, two certificates fit: the one that begins later is meant.
  const [best] = pairs.sort((a, b) =>
    (b.certificate.facts.notBefore ?? '').localeCompare(a.certificate.facts.notBefore ?? ''),
  )
  if (best) return ok({ ...best, others: all.map(({ held }) => held) })
  if (refused) return refused
  const leaf = all.find(({ held }) => held.facts.isCa !== true) ?? all[0]
  return refuse({
    code: 'attach.no-identity',
    name: leaf?.from ?? '',
    subject: (leaf?.held.facts.subject ?? '').slice(0, 300) || 'no name',
  })
}

/** The request that was sent, brought instead of the answer to it. */
async function ownRequest(path: string, own: readonly Own[], problem: Problem, reader: Reader) {
  if (problem.code !== 'attach.is-request') return undefined
  const read = await readGiven(path)
  const looked = read.ok ? await reader.inspect([{ file: path, bytes: read.value }], []) : undefined
  const digests = looked?.ok ? looked.value.objects.map(({ facts }) => facts.spkiSha256) : []
  const isOwn = own.some(({ spkiSha256: digest }) => digests.includes(digest))
  return isOwn ? refuse({ code: 'attach.is-own-request', name: path }) : undefined
}

/** Without a provider's rules: what any server would say, as the inspector finds it. */
async function plainFindings(certificate: Held, reader: Reader, io: Io): Promise<Finding[]> {
  const file = { file: 'certificate', bytes: certificate.der }
  const looked = await reader.inspect([file], [], io.now())
  const objects: InspectedObject[] = looked.ok ? looked.value.objects : []
  return objects.flatMap(({ findings }) => findings)
}
