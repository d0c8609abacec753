import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Tick } from '../../shared/calls/renewal.ts'
import { fileNameOf } from '../../shared/handover/file-name.ts'
import type { IdentityDetail, IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { dayOf, renewalsAmong, stageOf, stageWords } from '../../shared/renewal/renewal.ts'
import { renewedName } from '../../shared/renewal/renewed-name.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { createIdentity } from '../handlers/create-identity.ts'
import { detailOf } from '../handlers/identity-detail.ts'
import { tickRenewal } from '../handlers/renewal/tick-renewal.ts'
import { noteEvent } from '../handlers/save-public.ts'
import type { MakingMeans } from '../means.ts'
import { policyInForce } from '../policy/in-force.ts'
import { providerRefusal } from '../policy/refusals.ts'
import { createReader } from '../reader-client.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import { identityNamed } from './export-material.ts'
import { baseGiven } from './file-base.ts'
import type { Io } from './io.ts'
import { makingMeans } from './making-means.ts'
import type { RenewOut } from './output-renewal.ts'
import { keyGiven } from './plan-args.ts'
import { columns, findingLines, painter, plain } from './print.ts'
import { writeFiles } from './write-files.ts'

type Out = Exclude<z.infer<typeof RenewOut>, { problem: unknown }>

export const renew: Command = {
  name: 'renew',
  usage: 'NAME --out FOLDER',
  says: 'Makes the successor of an identity of the app, with the same answers and a new key, and writes the request to send. Both stay in use until the old one is retired.',
  notes: [
    'Run again, it makes no second key: it writes the request of the renewal that is under way.',
    'The certificate that comes back is attached by `countersign attach --identity NAME FILE`. --sent, --switched and --retired tick what only you can know.',
  ],
  options: {
    out: { takes: 'FOLDER', says: 'where the request is written' },
    name: { takes: 'NAME', says: 'what the new identity is called; the old name with the year otherwise' },
    key: { takes: 'KIND', says: 'another kind of key, such as rsa-4096 or ec-p256' },
    'same-key': { says: 'keep the key, for a provider that has pinned it' },
    sent: { takes: 'TO', says: 'tick: the request was sent today, to whom' },
    switched: { says: 'tick: your service uses the new certificate from today on' },
    retired: { says: 'tick: the old certificate was removed at the provider today' },
    'passphrase-file': passphraseOption,
    data: dataOption,
    force: { says: 'replace a file that is there' },
    json: jsonOption,
  },
  examples: [
    'countersign renew "Acme live" --out renewal/ --passphrase-file pass.txt',
    'countersign attach --identity "Acme live 2027" returned.pem --passphrase-file pass.txt',
    'countersign renew "Acme live" --switched --passphrase-file pass.txt',
  ],
  async run(args, io) {
    const [name, ...more] = args.rest
    if (name === undefined) return usageProblem('Say which identity of the app to renew, by name or handle')
    if (more.length > 0) return usageProblem(`One identity at a time: what is “${more[0]}”?`)
    const ticks = ticksGiven(args, io.now())
    if (ticks.length === 0 && !args.has('out')) return usageProblem('Say --out FOLDER: the request is written there')
    if (ticks.length > 0 && (args.has('out') || args.has('key') || args.has('same-key') || args.has('name')))
      return usageProblem('Say either --out FOLDER, or what to tick')
    if (args.has('key') && args.has('same-key')) return usageProblem('Say either --key or --same-key')
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    const opened = await openAppVault(args, io)
    if (!opened.ok) return opened
    const reader = createReader()
    try {
      const old = await identityNamed(opened.value, name)
      if (!old.ok) return old
      const means = makingMeans(opened.value, io, reader)
      return ticks.length > 0 ? await tick(means, old.value, ticks, io) : await prepare(means, old.value, args, io)
    } finally {
      await reader.close()
      await opened.value.vault.close()
    }
  },
}

function ticksGiven(args: Arguments, now: Date): Tick[] {
  const on = dayOf(now)
  const to = args.one('sent')
  return [
    ...(to === undefined ? [] : [{ step: 'sent' as const, sent: { to: to.trim().slice(0, 120), on } }]),
    ...(args.has('switched') ? [{ step: 'switched' as const, on }] : []),
    ...(args.has('retired') ? [{ step: 'retired' as const, on }] : []),
  ]
}

/** The new identity of the renewal that this one is in, on either side, while it is not done. */
async function underWay({ vault }: MakingMeans, { handle }: IdentityRecord): Promise<IdentityRecord | undefined> {
  const { records } = await vault.identities.list()
  const renewal = renewalsAmong(records).get(handle)
  if (!renewal || stageOf(renewal) === 'done') return undefined
  return records.find((record) => record.handle === renewal.new.handle)
}

async function tick(means: MakingMeans, named: IdentityRecord, ticks: Tick[], io: Io): Promise<Result<Answer>> {
  const successor = await underWay(means, named)
  if (!successor) return refuse({ code: 'renewal.none-under-way', name: named.plan.name })
  let detail: IdentityDetail | undefined
  for (const one of ticks) {
    const ticked = await tickRenewal(means)({ identity: successor.handle, tick: one })
    if (!ticked.ok) return ticked
    detail = ticked.value
  }
  return answer(detail ?? (await detailOf(means, successor)), { made: false }, io)
}

async function prepare(means: MakingMeans, named: IdentityRecord, args: Arguments, io: Io): Promise<Result<Answer>> {
  const present = await underWay(means, named)
  const plan = present ? ok(present.plan) : await planOf(means, named, args, io)
  if (!plan.ok) return plan
  const base = baseGiven(args, fileNameOf(plan.value.name))
  if (!base.ok) return base
  const path = join(args.one('out') ?? '', `${base.value}.csr`)
  // Looked for before a key is made, so that a second try finds no renewal under way that nobody knows of.
  if (!args.has('force') && existsSync(path)) return refuse({ code: 'file.exists', name: path })
  const made = present
    ? ok(await detailOf(means, present))
    : await createIdentity(means)({ work: 'renew', plan: plan.value })
  if (!made.ok) return made
  const written = await writeFiles([{ path, content: made.value.requestPem }], args.has('force'))
  if (!written.ok) return written
  await noteEvent(means, made.value.handle, 'saved-request', `${base.value}.csr`)
  return answer(await detailOfNow(means, made.value), { made: present === undefined, path }, io)
}

/** With its renewal, which a record alone does not have. */
async function detailOfNow(means: MakingMeans, { handle }: IdentityDetail): Promise<IdentityDetail> {
  const record = await means.vault.identities.find(handle)
  if (!record) throw new Error('an identity that was just made is gone')
  return detailOf(means, record)
}

async function planOf(
  means: MakingMeans,
  { handle, plan, keyPlace, state }: IdentityRecord,
  args: Arguments,
  io: Io,
): Promise<Result<IdentityPlan>> {
  if (keyPlace)
    return usageProblem(`The key of “${plan.name}” is in the token “${keyPlace.token}”: renew it in the window`)
  if (state === 'replaced') return usageProblem(`“${plan.name}” was replaced already: renew the one in its place`)
  const refused = providerRefusal(policyInForce(), plan.provider)
  if (refused) return refuse(refused)
  const profile = await means.providers.find(plan.provider)
  if (!profile) return refuse({ code: 'plan.provider-unknown', provider: plan.provider })
  const key = args.has('key') ? keyGiven(args, profile) : ok(plan.key)
  if (!key.ok) return key
  // Where a provider pins the key, the window keeps it as well.
  const sameKey = args.has('same-key') || (!args.has('key') && profile.renewal.key === 'same')
  const { sameKey: _, ...answers } = plan
  const name = args.one('name')?.trim() || renewedName(plan.name, io.now())
  return ok({ ...answers, name: name.slice(0, 120), key: key.value, renews: handle, ...(sameKey && { sameKey }) })
}

function answer(detail: IdentityDetail, { made, path }: { made: boolean; path?: string }, io: Io): Result<Answer> {
  const { handle, name, renewal, plan, requestFacts, spkiSha256, findings } = detail
  const old = renewal?.old ?? null
  const json: Out = {
    identity: handle,
    name,
    renews: old && { identity: old.handle, name: old.name, notAfter: old.notAfter ?? null },
    made,
    key: plan.key,
    sameKey: plan.sameKey === true,
    subject: requestFacts.subject ?? '',
    spkiSha256,
    stage: renewal ? stageOf(renewal) : 'to-send',
    files: path === undefined ? {} : { request: path },
    findings,
  }
  const paint = painter(io)
  const text = () =>
    [
      paint(`“${plain(name)}”${old ? ` renews “${plain(old.name)}”` : ''}`, 'strong'),
      columns([
        ['key', made ? `${keyLabel[json.key]}${json.sameKey ? ', the same as before' : ', new'}` : undefined],
        ['request', path],
        ['state', renewal && stageWords(renewal, io.now())],
      ]),
      ...(findings.length > 0 ? [findingLines(findings, paint)] : []),
    ].join('\n')
  return ok({ exit: 0, json, text })
}
