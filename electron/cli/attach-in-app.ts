import type { z } from 'zod'
import { refusesAny } from '../../shared/findings.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { renewalsAmong, stageOf, stageWords } from '../../shared/renewal/renewal.ts'
import { ok, type Result } from '../../shared/result.ts'
import { attachCertificate } from '../handlers/attach-certificate.ts'
import type { AttachingMeans } from '../means.ts'
import { createReader } from '../reader-client.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import type { Answer } from './command.ts'
import { identityNamed } from './export-material.ts'
import type { Io } from './io.ts'
import { makingMeans } from './making-means.ts'
import type { AttachedOut } from './output-renewal.ts'
import { passphrasesGiven } from './passphrase.ts'
import { columns, findingLines, painter, plain, problemJson, problemLines } from './print.ts'

type Out = Exclude<z.infer<typeof AttachedOut>, { problem: unknown }>

/** Of `attach`, these are about files, and mean nothing for an identity of the app. */
const aboutFiles = ['key', 'request', 'out', 'name', 'force', 'provider', 'environment', 'provider-file']

/** Attaches what came back to an identity of the app, by the rules of its provider and as the window does it. */
export async function attachInApp(args: Arguments, io: Io): Promise<Result<Answer>> {
  const strange = aboutFiles.find((name) => args.has(name))
  if (strange !== undefined) return usageProblem(`Say either --identity, or --${strange} with files`)
  if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const opened = await openAppVault(args, io)
  if (!opened.ok) return opened
  const reader = createReader()
  try {
    const named = await identityNamed(opened.value, args.one('identity') ?? '')
    if (!named.ok) return named
    const means = makingMeans(opened.value, io, reader)
    return await attachTo(means, await waitingFor(means, named.value), passphrases.value, args, io)
  } finally {
    await reader.close()
    await opened.value.vault.close()
  }
}

/** Whoever names the old one of a renewal means the new one, as long as that waits for its certificate. */
async function waitingFor({ vault }: AttachingMeans, named: IdentityRecord): Promise<IdentityRecord> {
  const { records } = await vault.identities.list()
  const renewal = renewalsAmong(records).get(named.handle)
  const successor = renewal?.side === 'old' && records.find(({ handle }) => handle === renewal.new.handle)
  return successor && successor.certificatePem === undefined ? successor : named
}

async function attachTo(
  means: AttachingMeans,
  { handle, plan }: IdentityRecord,
  passphrases: readonly string[],
  args: Arguments,
  io: Io,
): Promise<Result<Answer>> {
  const call = attachCertificate(means)
  const attach = (passphrase?: string) =>
    call({
      identity: handle,
      source: { from: 'paths', paths: args.rest },
      despite: args.all('despite'),
      ...(passphrase !== undefined && { passphrase }),
    })
  let done = await attach()
  // The passphrase of the vault is among them; it opens no bundle, and harms none.
  for (const passphrase of passphrases) {
    if (done.ok || !done.problem.code.startsWith('key.passphrase-')) break
    done = await attach(passphrase)
  }
  if (!done.ok) return done
  if (done.value.outcome === 'attached') return attached(done.value.identity, io)
  const { name, findings } = done.value.outcome === 'flagged' ? done.value : { name: plan.name, findings: [] }
  const refusing = findings.filter((finding) => refusesAny([finding]) && !args.all('despite').includes(finding.code))
  const problem: Problem = { code: 'attach.needs-consent', name, findings: refusing.length }
  const paint = painter(io)
  const accept = refusing.map(({ code }) => `--despite ${code}`).join(' ')
  const text = () =>
    `${problemLines(problem, paint)}\n\n${findingLines(findings, paint)}\n\nTo attach it all the same: ${accept}`
  return ok({ exit: 1, json: { problem: problemJson(problem), findings }, text })
}

function attached(detail: IdentityDetail, io: Io): Result<Answer> {
  const { handle, name, certificateFacts: facts = {}, chain, renewal, findings } = detail
  const json: Out = {
    identity: handle,
    name,
    facts,
    chain: chain.map((one) => one.facts.subject ?? ''),
    stage: renewal ? stageOf(renewal) : null,
    findings,
  }
  const paint = painter(io)
  const text = () =>
    [
      paint(`The certificate belongs to “${plain(name)}”`, 'strong'),
      columns([
        ['subject', facts.subject],
        ['issuer', facts.issuer],
        ['valid', `${facts.notBefore} to ${facts.notAfter}`],
        ['chain', json.chain.join(' ← ')],
        ['state', renewal && stageWords(renewal, io.now())],
      ]),
      ...(findings.length > 0 ? [findingLines(findings, paint)] : []),
    ].join('\n')
  return ok({ exit: 0, json, text })
}
