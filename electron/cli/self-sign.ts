import { basename, dirname, extname, join } from 'node:path'
import type { z } from 'zod'
import type { Finding } from '../../shared/findings.ts'
import type { NamePart } from '../../shared/pki/facts.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { spkiSha256 } from '../../shared/pki/keys.ts'
import { spellName } from '../../shared/pki/names.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { maySelfSign, sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { type Answer, type Command, jsonOption, providerOptions } from './command.ts'
import { baseGiven } from './file-base.ts'
import type { Io } from './io.ts'
import { algorithmOf, keyIn } from './material.ts'
import { nearMiss } from './near-miss.ts'
import { newKeyGiven } from './new-key.ts'
import type { SelfSignOut } from './output.ts'
import { passphrasesGiven } from './passphrase.ts'
import { answersGiven, judgePlan, planOptions, unencryptedFinding } from './plan-args.ts'
import { columns, findingLines, painter } from './print.ts'
import { providerGiven } from './provider.ts'
import { readGiven } from './read-given.ts'
import { writeFiles } from './write-files.ts'

/** All that a self-signed certificate is made of. */
type Plan = {
  pkcs8: Uint8Array
  spkiSha256: string
  key: KeyAlgorithm
  subject: NamePart[]
  subjectAltNames: string[]
  /** Text of the key's file when the key is new. */
  newKey?: { text: string; encrypted: boolean }
  base: string
  folder: string
  findings: Finding[]
}

export const selfSign: Command = {
  name: 'self-sign',
  usage: '--provider ID --set NAME=VALUE… --out FOLDER   or   --key FILE --request FILE',
  says: 'Makes a self-signed client certificate, for providers that take one. With --provider a new key comes with it; with --key the key that is there signs.',
  options: {
    ...providerOptions,
    ...planOptions,
    key: { takes: 'FILE|KIND', says: 'a key file to sign with; or, for a new key, its kind such as rsa-2048' },
    request: { takes: 'FILE', says: 'takes subject and alternative names from this signing request' },
    days: { takes: 'DAYS', says: 'validity, 1 to 3650; what the provider proposes, or 365, otherwise' },
    out: { takes: 'FOLDER', says: 'where NAME.crt (and NAME.key) are written; beside the key otherwise' },
    name: { takes: 'NAME', says: 'name of the files' },
    'passphrase-file': { takes: 'FILE', says: 'first line of FILE opens the key, or protects the new one' },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign self-sign --provider nuapay --environment sandbox --set O=Acme --set CN=acme.example.com --days 365 --out acme/',
    'countersign self-sign --key acme.key --request acme.csr --days 90',
  ],
  async run(args, io) {
    const provider = await providerGiven(args)
    if (!provider.ok) return provider
    const profile = provider.value
    if (profile && !maySelfSign(profile)) {
      const first = `${profile.name} takes no self-signed certificate`
      return refuse({ code: 'plan.breaks-rules', findings: 1, first })
    }
    const days = wholeNumber(args, 'days', 1, 3650)
    if (!days.ok) return days
    const made = profile ? await fromProvider(args, io, profile) : await fromKey(args, io)
    if (!made.ok) return made
    if ('exit' in made.value) return ok(made.value)
    return sign(
      made.value,
      days.value ?? profile?.signing.offeredDays?.[0] ?? profile?.signing.days ?? 365,
      profile,
      args,
      io,
    )
  },
}

async function fromProvider(args: Arguments, io: Io, profile: Profile): Promise<Result<Plan | Answer>> {
  const given = await newKeyGiven(args, io, profile, 'certificate')
  if (!given.ok) return given
  if ('exit' in given.value) return ok(given.value)
  const { folder, base, plan, findings, passphrase } = given.value
  const { keyText, makeKey } = await import('./make-key.ts')
  const key = await makeKey(plan.key)
  const encrypted = passphrase !== null
  if (!encrypted) io.note(`countersign: ${unencryptedFinding.message}`)
  return ok({
    ...key,
    key: plan.key,
    subject: subjectOf(profile, plan),
    subjectAltNames: sansOf(plan),
    newKey: { text: await keyText(key.pkcs8, passphrase), encrypted },
    base,
    folder,
    findings: encrypted ? findings : [...findings, unencryptedFinding],
  })
}

async function fromKey(args: Arguments, io: Io): Promise<Result<Plan | Answer>> {
  const path = args.one('key')
  if (path === undefined) return usageProblem('Say --key FILE, or --provider for a new key')
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const opened = await keyIn(path, io, passphrases.value)
  if (!opened.ok) return opened
  const key = algorithmOf(opened.value.facts, path)
  if (!key.ok) return key
  const spki = opened.value.spki
  if (!spki)
    return refuse({ code: 'key.type-unsupported', name: path, type: opened.value.facts.keyAlgorithm ?? 'unknown' })
  const named = await subjectFrom(args, key.value, io)
  if (!named.ok) return named
  if ('exit' in named.value) return ok(named.value)
  const base = baseGiven(args, basename(path, extname(path)))
  if (!base.ok) return base
  return ok({
    pkcs8: opened.value.pkcs8,
    spkiSha256: await spkiSha256(spki),
    key: key.value,
    ...named.value,
    base: base.value,
    folder: args.one('out') ?? dirname(path),
    findings: [],
  })
}

/** Subject and names: from a request, with `--set` and `--san` in their place where given. */
async function subjectFrom(
  args: Arguments,
  key: KeyAlgorithm,
  io: Io,
): Promise<Result<Pick<Plan, 'subject' | 'subjectAltNames'> | Answer>> {
  const path = args.one('request')
  if (args.has('set') || path === undefined) {
    if (!args.has('set')) return usageProblem('Say who the certificate is for: --request FILE, or --set CN=…')
    const free = builtInProfiles.find(({ id }) => id === 'other')
    const environment = free?.environments[0]
    if (!free || !environment) throw new Error('the free provider is missing')
    const given = answersGiven(args, undefined)
    if (!given.ok) return given
    const plan = { ...given.value, environment: environment.id, subjectAltNames: args.all('san'), key }
    const { refused } = judgePlan(free, plan, io)
    return ok(refused ?? { subject: subjectOf(free, plan), subjectAltNames: sansOf(plan) })
  }
  const read = await readGiven(path)
  if (!read.ok) return read
  const bytes = pemBlocks(new TextDecoder().decode(read.value))[0]?.der ?? read.value
  const facts = readRequest(bytes)?.facts
  if (!facts) return nearMiss('request.none-in-file', path, read.value)
  const names = args.has('san') ? args.all('san') : (facts.subjectAltNames ?? [])
  return ok({ subject: facts.subjectParts ?? [], subjectAltNames: sansOf({ subjectAltNames: names }) })
}

async function sign(
  plan: Plan,
  days: number,
  profile: Profile | undefined,
  args: Arguments,
  io: Io,
): Promise<Result<Answer>> {
  const { selfSign: write } = await import('../../shared/pki/x509.ts')
  const { pkcs8, key, subject, subjectAltNames, newKey } = plan
  const { pem, der } = await write({ pkcs8, key, subject, subjectAltNames, days, now: io.now() })
  pkcs8.fill(0)
  const { readCertificate } = await import('../../shared/pki/certificate.ts')
  const facts = readCertificate(der)?.facts ?? {}
  const { checkCertificate } = await import('../../shared/providers/conformance.ts')
  const environment = args.one('environment') ?? profile?.environments[0]?.id ?? ''
  const judged = profile ? checkCertificate(profile, environment, { facts, selfSigned: true, now: io.now() }) : []
  const findings = [...plan.findings, ...judged]
  const files = {
    ...(newKey ? { key: join(plan.folder, `${plan.base}.key`) } : {}),
    certificate: join(plan.folder, `${plan.base}.crt`),
  }
  const written = await writeFiles(
    [
      ...(newKey && files.key ? [{ path: files.key, content: newKey.text, secret: true }] : []),
      { path: files.certificate, content: pem },
    ],
    args.has('force'),
  )
  if (!written.ok) return written
  const json: z.infer<typeof SelfSignOut> = {
    provider: profile?.id ?? null,
    environment: profile ? environment : null,
    subject: spellName(subject),
    subjectParts: subject,
    subjectAltNames,
    spkiSha256: plan.spkiSha256,
    ...(newKey ? { keyEncrypted: newKey.encrypted } : {}),
    files,
    certificatePem: pem,
    notAfter: facts.notAfter ?? '',
    findings,
  }
  const paint = painter(io)
  const text = () =>
    [
      paint('The self-signed certificate is ready', 'strong'),
      columns([
        ['certificate', files.certificate],
        ['key', files.key],
        ['subject', json.subject],
        ['names', subjectAltNames],
        ['valid', `${facts.notBefore} to ${json.notAfter}`],
      ]),
      ...(judged.length > 0 ? [findingLines(judged, paint)] : []),
      ...(profile
        ? [
            '',
            `How to register it at ${profile.name}:`,
            ...profile.submit.steps.map((step, i) => `  ${i + 1}. ${step}`),
          ]
        : []),
    ].join('\n')
  return ok({ exit: 0, json, text })
}
