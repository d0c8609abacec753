import { join } from 'node:path'
import type { z } from 'zod'
import { fits, newPassphrase } from '../../shared/handover/passphrases.ts'
import { receiverFiles } from '../../shared/handover/receiver-files.ts'
import { receiverSteps } from '../../shared/handover/receiver-steps.ts'
import { isInTheClear, type Receiver, receivers } from '../../shared/handover/receivers.ts'
import { whoLoads } from '../../shared/handover/who-loads.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { noteEvent } from '../handlers/save-public.ts'
import { policyInForce } from '../policy/in-force.ts'
import { passphraseRefusal } from '../policy/refusals.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { type AppVault, dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { type Answer, type Command, jsonOption } from './command.ts'
import { type Exported, identityNamed, materialInFiles, materialInVault } from './export-material.ts'
import { exportText, receiversText } from './export-text.ts'
import type { Io } from './io.ts'
import type { ExportOut } from './output-export.ts'
import { passphrasesGiven } from './passphrase.ts'
import { testingMeans } from './testing-means.ts'
import { type OutFile, writeFiles } from './write-files.ts'

type Out = Exclude<z.infer<typeof ExportOut>, { problem: unknown }>

export const exportFiles: Command = {
  name: 'export',
  usage: '--for RECEIVER --cert FILE --key FILE --out FOLDER',
  says: 'Writes what a named program, service or person loads: the right files, forms, names and protection. From files, or with --identity from the app’s vault.',
  notes: [
    `Receivers: ${receivers.map(({ id }) => id).join(', ')}; --receivers tells what each takes.`,
    'Without --passphrase-out-file a passphrase is made that the receiver takes: shown once on a terminal, or written to the file of --passphrase-to. It is in no other file and not in the JSON.',
  ],
  options: {
    for: { takes: 'RECEIVER', says: 'who will load it' },
    receivers: { says: 'list the receivers, and what each takes' },
    cert: { takes: 'FILE', says: 'the certificate; issuers in the same file are taken along' },
    key: { takes: 'FILE', says: 'its private key' },
    chain: { takes: 'FILE', many: true, says: 'issuers above the certificate' },
    'server-ca': { takes: 'FILE', many: true, says: 'what to trust when calling the provider; for truststores' },
    identity: { takes: 'NAME', says: 'an identity of the app, by name or handle, instead of files' },
    out: { takes: 'FOLDER', says: 'where to write' },
    name: { takes: 'NAME', says: 'what the files are called before their endings' },
    'passphrase-file': { takes: 'FILE', many: true, says: 'first line of FILE opens the key, or the app’s vault' },
    'passphrase-out-file': { takes: 'FILE', says: 'first line of FILE protects the files' },
    'passphrase-to': { takes: 'FILE', says: 'write the passphrase that is made into this new file, for you alone' },
    'key-unencrypted': { says: 'the private key may lie in the clear' },
    data: dataOption,
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign export --receivers',
    'countersign export --for java --cert acme.crt --key acme.key --chain acme.chain.pem --passphrase-to pass.txt --out java/',
    'countersign export --for openssl --identity "Acme live" --passphrase-out-file pass.txt --out nginx/',
  ],
  async run(args, io) {
    if (args.rest.length > 0) return usageProblem('Files are named by --cert and --key')
    if (args.has('receivers')) return listReceivers(args)
    const receiver = receiverGiven(args)
    if (!receiver.ok) return receiver
    if (!args.has('out')) return usageProblem('Say --out FOLDER')
    const protection = await protectionGiven(args, io, receiver.value)
    if (!protection.ok) return protection
    const { passphrase } = protection.value
    const forbidden = receiver.value.public ? null : passphraseRefusal(policyInForce(), passphrase, true)
    if (forbidden) return refuse(forbidden)
    if (!args.has('identity')) {
      const material = await materialInFiles(args, io, receiver.value)
      return material.ok ? write(receiver.value, material.value, protection.value, args, io) : material
    }
    if (args.has('cert') || args.has('key')) return usageProblem('Say either --identity, or --cert and --key')
    return (await onlyTheAppCanOpen(args, io))
      ? asTheApp(args, io)
      : fromVault(receiver.value, protection.value, args, io)
  },
}

async function fromVault(receiver: Receiver, protection: Protection, args: Arguments, io: Io): Promise<Result<Answer>> {
  const opened = await openAppVault(args, io)
  if (!opened.ok) return opened
  const { vault } = opened.value
  try {
    const record = await identityNamed(opened.value, args.one('identity') ?? '')
    if (!record.ok) return record
    const material = await materialInVault(opened.value, record.value, receiver, args, io)
    if (!material.ok) return material
    const answer = await write(receiver, material.value, protection, args, io)
    if (answer.ok) await noteExport(opened.value, record.value, receiver, io)
    return answer
  } finally {
    await vault.close()
  }
}

/** In the journal of keys, and in the identity’s own history, as the window does it. */
async function noteExport(app: AppVault, { handle, plan }: IdentityRecord, receiver: Receiver, io: Io): Promise<void> {
  const detail = `for ${receiver.name}, by the command line`.slice(0, 300)
  if (!receiver.public) {
    await app.vault.journal.note({ what: 'exported', kind: 'identity', id: handle, name: plan.name, detail })
  }
  await noteEvent(testingMeans(app, io), handle, receiver.public ? 'saved-certificate' : 'exported', detail)
}

function listReceivers(args: Arguments): Result<Answer> {
  if (args.has('for')) return usageProblem('Say either --for or --receivers')
  const json = receivers.map(({ id, name, group, says, passphrase }) => ({ id, name, group, says, passphrase }))
  return ok({ exit: 0, json, text: () => receiversText(json) })
}

function receiverGiven(args: Arguments): Result<Receiver> {
  const ids = receivers.map(({ id }) => id).join(', ')
  const wanted = args.one('for')
  if (wanted === undefined) return usageProblem(`Say --for RECEIVER: ${ids}`)
  const receiver = receivers.find(({ id }) => id === wanted)
  return receiver ? ok(receiver) : usageProblem(`There is no receiver “${wanted}”; there are ${ids}`)
}

type Protection = { passphrase: string | null; made: boolean }

/** How the key is protected. A passphrase that is made has to reach somebody: a terminal, or a file. */
async function protectionGiven(args: Arguments, io: Io, receiver: Receiver): Promise<Result<Protection>> {
  const [open, given, made] = [args.has('key-unencrypted'), args.has('passphrase-out-file'), args.has('passphrase-to')]
  if (Number(open) + Number(given) + Number(made) > 1) {
    return usageProblem('Say one of --passphrase-out-file, --passphrase-to and --key-unencrypted')
  }
  const none: Protection = { passphrase: null, made: false }
  if (receiver.passphrase === 'none') {
    if (given || made) return usageProblem(`What ${receiver.name} takes has no passphrase`)
    return receiver.public || open ? ok(none) : refuse({ code: 'handover.key-exposed', receiver: receiver.name })
  }
  if (open) {
    return receiver.passphrase === 'optional' ? ok(none) : usageProblem(`What ${receiver.name} takes has a passphrase`)
  }
  if (given) {
    const passphrases = await passphrasesGiven(args, 'passphrase-out-file')
    if (!passphrases.ok) return passphrases
    const [passphrase = ''] = passphrases.value
    const { name, rule } = receiver
    if (!fits(rule, passphrase)) return refuse({ code: 'handover.passphrase-unfit', receiver: name, says: rule.says })
    return ok({ passphrase, made: false })
  }
  // What is printed without a terminal ends in a log.
  if (!made && !io.interactive) {
    return usageProblem('Say --passphrase-out-file FILE, or --passphrase-to FILE for a passphrase that is made')
  }
  return ok({ passphrase: newPassphrase(), made: true })
}

async function write(
  receiver: Receiver,
  material: Exported,
  { passphrase, made }: Protection,
  args: Arguments,
  io: Io,
): Promise<Result<Answer>> {
  const [out = '', to] = [args.one('out'), args.one('passphrase-to')]
  const handed = await receiverFiles(receiver, { ...material, passphrase })
  material.pkcs8?.fill(0)
  const files: OutFile[] = handed.map(({ name, content, secret }) => ({ path: join(out, name), content, secret }))
  const noted: OutFile[] = made && to !== undefined ? [{ path: to, content: `${passphrase}\n`, secret: true }] : []
  const written = await writeFiles([...files, ...noted], args.has('force'))
  if (!written.ok) return written
  if (made && to === undefined) io.note(`countersign: passphrase of the files, shown this once: ${passphrase}`)
  const keyInTheClear = isInTheClear(receiver, passphrase)
  if (keyInTheClear) io.note('countersign: the private key lies in the clear in these files')
  const json: Out = {
    for: receiver.id,
    files: files.map(({ path, secret }) => ({ file: path, secret: secret === true })),
    keyInTheClear,
    passphrase: passphrase === null ? null : made ? 'made' : 'given',
    passphraseFile: made ? (to ?? null) : null,
    subject: material.subject,
    notAfter: material.notAfter,
    opens: material.key ? whoLoads(receiver, material.key, passphrase !== null) : [],
    steps: receiverSteps(receiver, material.stem),
  }
  return ok({ exit: 0, json, text: () => exportText(receiver, json, io) })
}
