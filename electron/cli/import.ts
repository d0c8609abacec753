import { existsSync } from 'node:fs'
import type { z } from 'zod'
import type { ImportRow } from '../../shared/calls/imports.ts'
import type { FoundKey, TakenIn } from '../../shared/intake/take-in.ts'
import { prepareX509 } from '../../shared/pki/x509.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { importRows } from '../intake/import-rows.ts'
import { importedRecord } from '../intake/imported-record.ts'
import type { TestingMeans } from '../means.ts'
import { policyInForce } from '../policy/in-force.ts'
import { providerRefusal } from '../policy/refusals.ts'
import { createReader } from '../reader-client.ts'
import { dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import { importText } from './import-text.ts'
import type { Io } from './io.ts'
import type { ImportOut } from './output-import.ts'
import { passphrasesGiven } from './passphrase.ts'
import { painter, problemJson } from './print.ts'
import { type ReadFiles, readFiles } from './read-files.ts'
import { testingMeans } from './testing-means.ts'

type Out = Exclude<z.infer<typeof ImportOut>, { problem: unknown }>

const keyPassphrases = 'key-passphrase-file'

export const importFiles: Command = {
  name: 'import',
  usage: 'FILE|FOLDER…',
  says: 'Seals the private keys in files into the app’s vault, each with the request, certificate and chain that belong to it.',
  notes: [
    'Keys find their certificates by the public key, whatever the files are called. A key that is in the vault or in its bin already is passed over, and so is an authority’s.',
    'The provider is guessed from the common name; what fits none belongs to “other”. The files stay where they are.',
  ],
  options: {
    provider: { takes: 'ID', says: 'the provider of all of them, instead of a guess' },
    environment: { takes: 'ID', says: 'its environment' },
    'dry-run': { says: 'say what would be imported, and store nothing' },
    'passphrase-file': passphraseOption,
    [keyPassphrases]: { takes: 'FILE', many: true, says: 'first line of FILE opens keys and bundles that are locked' },
    data: dataOption,
    json: jsonOption,
  },
  examples: [
    'countersign import /etc/nginx/mtls --dry-run',
    'countersign import client.p12 --key-passphrase-file bundle.txt --provider truv --environment production',
  ],
  async run(args, io) {
    if (args.rest.length === 0) return usageProblem('Say which files or folders hold the keys')
    if (args.has('environment') && !args.has('provider')) return usageProblem('--environment belongs to a --provider')
    const missing = args.rest.find((path) => !existsSync(path))
    if (missing !== undefined) return refuse({ code: 'file.not-found', name: missing })
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    const passphrases = await passphrasesGiven(args, keyPassphrases)
    if (!passphrases.ok) return passphrases
    const opened = await openAppVault(args, io, { readOnly: args.has('dry-run') })
    if (!opened.ok) return opened
    const means = testingMeans(opened.value, io)
    const reader = createReader()
    try {
      const read = await readFiles(args.rest, io)
      const taken = await reader.takeIn(read.files, passphrases.value)
      return taken.ok ? await bringIn(means, taken.value, read, args, io) : taken
    } finally {
      await reader.close()
      await opened.value.vault.close()
    }
  },
}

async function bringIn(
  means: TestingMeans,
  taken: TakenIn,
  read: ReadFiles,
  args: Arguments,
  io: Io,
): Promise<Result<Answer>> {
  const rows = await importRows(means, taken.keys)
  const chosen = rows.filter(({ known, isCa }) => known === null && !isCa).map((row) => withProvider(row, args))
  const refused = chosen.map(({ provider }) => providerRefusal(policyInForce(), provider)).find((one) => one !== null)
  if (refused) return refuse(refused)
  await prepareX509()
  for (const row of chosen) {
    const key = taken.keys.find(({ spkiSha256 }) => spkiSha256 === row.id)
    const stored = key ? await store(means, key, row, args.has('dry-run')) : ok(null)
    if (!stored.ok) return stored
  }
  for (const { pkcs8 } of taken.keys) pkcs8.fill(0)
  const json: Out = {
    imported: chosen.map(({ name, provider, environment, subject, notAfter, files, unprotected }) => ({
      name,
      provider,
      environment,
      subject,
      notAfter: notAfter ?? null,
      files,
      unprotected,
    })),
    known: rows.flatMap(({ name, known }) => (known ? [{ name, as: known.name, binned: known.binned }] : [])),
    authorities: rows.filter(({ isCa, known }) => isCa && known === null).map(({ name }) => name),
    locked: taken.locked,
    withoutKey: taken.lonely,
    leftOut: [...read.leftOut, ...taken.leftOut].map(({ file, problem }) => ({ file, problem: problemJson(problem) })),
  }
  const exit = json.imported.length > 0 ? 0 : 1
  return ok({ exit, json, text: () => importText(json, args.has('dry-run'), painter(io)) })
}

const withProvider = (row: ImportRow, args: Arguments): ImportRow => {
  const provider = args.one('provider')
  return provider === undefined ? row : { ...row, provider, environment: args.one('environment') ?? row.environment }
}

async function store(means: TestingMeans, key: FoundKey, row: ImportRow, dry: boolean): Promise<Result<null>> {
  const record = await importedRecord(means, key, row)
  if (!record.ok) return record
  if (dry) return ok(null)
  const { handle: id } = record.value
  const added = await means.vault.identities.add(id, record.value, { privateKey: key.pkcs8 })
  if (!added.ok) return added
  await means.vault.journal.note({ what: 'imported', kind: 'identity', id, name: row.name, detail: key.file })
  return ok(null)
}
