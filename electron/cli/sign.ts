import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { PlanChoice, SigningWish } from '../../shared/authority/plan-row.ts'
import { consentsOf, mostDays } from '../../shared/authority/sign-plan.ts'
import type { Finding } from '../../shared/findings.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { handBack, handBackNames } from '../authority/hand-back.ts'
import { issue } from '../authority/issue.ts'
import { planFor, type ReadyPlan } from '../authority/plan-for.ts'
import type { IssuedRecord } from '../vault/authority-record.ts'
import { dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, splitOnce, usageProblem, wholeNumber } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { authorityNamed, authorityOption } from './authority-named.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import type { Io } from './io.ts'
import type { SignOut } from './output-authority.ts'
import { choiceOptions, choicesGiven } from './plan-choices.ts'
import { columns, findingLines, painter, plain, problemJson, problemLines } from './print.ts'
import { requestIn } from './request-in.ts'
import { type CliSigningMeans, signingMeans, useKeyOption } from './signing-means.ts'
import { writeFiles } from './write-files.ts'

export const sign: Command = {
  name: 'sign',
  usage: 'REQUEST --authority NAME --out FOLDER',
  says: 'Signs a request that a provider sent you, by an authority of the app’s vault, and writes the folder to hand back: the certificate, the authority’s certificate and a short text, never a key.',
  notes: [
    'With --plan it shows what would be issued, and signs nothing. Points that want a decision refuse (sign.needs-consent) until they are accepted with --despite CODE.',
    'The certificate is always of version 3, for nobody who is an authority, and never outlives the one that signs it.',
  ],
  options: {
    authority: authorityOption,
    profile: {
      takes: 'ID[:CALL]',
      says: 'the provider whose page says what it presents to you, such as apata or truv:webhooks-signed',
    },
    days: {
      takes: 'DAYS',
      says: `validity, 1 to ${mostDays}; what the provider names, or the authority’s own, otherwise`,
    },
    ...choiceOptions,
    despite: { takes: 'CODE', many: true, says: 'accept a point that wants a decision' },
    plan: { says: 'show what would be issued, and sign nothing' },
    out: { takes: 'FOLDER', says: 'where the files to hand back are written' },
    'use-key': useKeyOption,
    data: dataOption,
    'passphrase-file': { ...passphraseOption, says: 'first line of FILE is the passphrase of the vault' },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign sign apata.csr --authority "Acme CA" --profile apata --days 365 --out hand-back/',
    'countersign sign apata.csr --authority "Acme CA" --profile apata --plan',
  ],
  async run(args, io) {
    const [path, ...more] = args.rest
    if (path === undefined || more.length > 0) return usageProblem('Name the one request (CSR) to sign')
    const folder = args.one('out')
    if (folder === undefined && !args.has('plan')) return usageProblem('Say where the files go: --out FOLDER')
    const days = wholeNumber(args, 'days', 1, mostDays)
    if (!days.ok) return days
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    const request = await requestIn(path)
    if (!request.ok) return request
    const opened = await openAppVault(args, io)
    if (!opened.ok) return opened
    const means = signingMeans(opened.value, args, io)
    try {
      return await signWith(means, {
        request: toPem('CERTIFICATE REQUEST', request.value),
        days: days.value,
        folder,
        args,
        io,
      })
    } finally {
      await opened.value.vault.close()
    }
  },
}

type Given = { request: string; days: number | undefined; folder: string | undefined; args: Arguments; io: Io }

async function signWith(means: CliSigningMeans, { request, days, folder, args, io }: Given): Promise<Result<Answer>> {
  const authority = await authorityNamed(means.vault, args)
  if (!authority.ok) return authority
  const profile = await profileGiven(means, args)
  if (!profile.ok) return profile
  const wish = (choices: PlanChoice[]): SigningWish => ({
    authority: authority.value.handle,
    ...(profile.value && { profile: profile.value }),
    choices,
  })
  const first = await planFor(means, request, wish([]))
  if (!first.ok) return first
  const chosen = choicesGiven(args, first.value.plan.rows)
  if (!chosen.ok) return chosen
  const lasting: PlanChoice[] = days === undefined ? [] : [{ field: 'validity', choice: 'set', value: [`${days}`] }]
  const ready = await planFor(means, request, wish([...chosen.value, ...lasting]))
  if (!ready.ok) return ready
  const { plan } = ready.value
  if (plan.blocked) return refuse(plan.blocked)
  if (args.has('plan')) return ok(answer(ready.value, null, null, io))
  const open = consentsOf(plan).filter(({ code }) => !args.all('despite').includes(code))
  const [point] = open
  if (point) {
    const problem = { code: 'sign.needs-consent', findings: open.length, first: point.message } as const
    const findings = open.map(({ needsConsent: _, ...finding }): Finding => finding)
    return ok({
      exit: 1,
      json: { problem: problemJson(problem), findings },
      text: () => `${problemLines(problem, painter(io))}\n\n${findingLines(findings, painter(io))}`,
    })
  }
  return signAndWrite(means, ready.value, { folder: folder!, args, io })
}

async function signAndWrite(
  means: CliSigningMeans,
  ready: ReadyPlan,
  { folder, args, io }: { folder: string; args: Arguments; io: Io },
): Promise<Result<Answer>> {
  const { plan, authority, requestDer, requestPem, entry, youSign, providerName } = ready
  // Before anything is signed: a certificate whose folder could not be written would stand in the book all the same.
  for (const name of Object.values(handBackNames(entry.name, youSign))) {
    const path = join(folder, name)
    if (existsSync(path) && !args.has('force')) return refuse({ code: 'file.exists', name: path })
  }
  const order = { authority, requestDer, requestPem, content: plan.content, fields: plan.fields, entry }
  const issued = await issue(means, order)
  if (!issued.ok) return issued
  const { records } = await means.vault.authorities.list()
  const made = await handBack({
    issued: issued.value.record,
    authority,
    authorities: records,
    ...(youSign && { youSign }),
    ...(providerName !== undefined && { providerName }),
    now: means.now(),
  })
  if (!made.ok) return made
  const files = made.value.files.map(({ name, text }) => ({ path: join(folder, name), content: text }))
  const written = await writeFiles(files, args.has('force'))
  if (!written.ok) return written
  const [certificate, ca, text] = files.map(({ path }) => path)
  const named = { certificate: certificate!, authority: ca!, text: text! }
  return ok(answer(ready, { record: issued.value.record, differences: issued.value.differences }, named, io))
}

/** `apata`, or `truv:webhooks-signed` where a provider calls in several ways. */
async function profileGiven(
  { providers }: CliSigningMeans,
  args: Arguments,
): Promise<Result<SigningWish['profile'] | null>> {
  const given = args.one('profile')
  if (given === undefined) return ok(null)
  const [provider, call] = splitOnce(given, ':')
  const profile = await providers.find(provider)
  if (!profile) return refuse({ code: 'plan.provider-unknown', provider })
  const signed = profile.callsYou.filter(({ youSign }) => youSign)
  const found = call === undefined ? signed[0] : signed.find(({ id }) => id === call)
  return found ? ok({ provider, callsYou: found.id }) : refuse({ code: 'sign.not-yours', provider: profile.name })
}

type Made = { record: IssuedRecord; differences: { field: string; shown: string; issued: string }[] }

function answer(
  { plan, authority, entry }: ReadyPlan,
  made: Made | null,
  files: z.infer<typeof SignOut>['files'],
  io: Io,
): Answer {
  const lines = (field: string) => plan.fields.find((one) => one.field === field)?.value ?? []
  const [from = '', until = ''] = lines('validity')
  const issues = [...plan.issues, ...plan.rows.flatMap((row) => row.issues)]
  const parts = plan.rows.filter(({ field, value }) => field.startsWith('subject.') && value.length > 0)
  const subject =
    made?.record.subject ??
    parts
      .map(({ term, value }) => `${term}=${value[0]}`)
      .reverse()
      .join(',')
  const json: z.infer<typeof SignOut> = {
    authority: authority.name,
    subject,
    serial: made?.record.serial.toUpperCase() ?? lines('serial')[0] ?? '',
    notBefore: made?.record.notBefore ?? from.replace('from ', ''),
    notAfter: made?.record.notAfter ?? until.replace('until ', ''),
    rows: plan.rows.map(({ field, label, asked, value, mark }) => ({ field, label, asked, issued: value, mark })),
    issues: issues.map(({ code, message, needsConsent }) => ({ code, message, needsConsent })),
    differences: (made?.differences ?? []).map(({ field, shown, issued }) => ({ field, shown, issued })),
    files,
  }
  const text = () => {
    const paint = painter(io)
    const rows = plan.rows
      .filter(({ asked, value }) => asked.length > 0 || value.length > 0)
      .map(({ label, asked, value, mark }) => {
        const before = mark === 'changed' || mark === 'left-out' ? ` (asked: ${asked.join(', ')})` : ''
        return [label, `${value.join(', ') || 'left out'}${before}`] as const
      })
    const head = made
      ? paint(`Signed: ${plain(entry.name)}`, 'good')
      : paint('Would be issued; nothing was signed', 'strong')
    const wrote = files ? columns([['Hand back', Object.values(files)]]) : ''
    return [head, columns(rows, '  '), findingLines(issues, paint, '  '), wrote].filter(Boolean).join('\n')
  }
  return { exit: 0, json, text }
}
