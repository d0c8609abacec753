import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { type BackupItem, usualChoice } from '../../shared/vault/backup.ts'
import { journalKinds } from '../../shared/vault/journal.ts'
import { byPassphrase, headOf, unpackBackup } from '../vault/backup-box.ts'
import { readOpenContent, titleOf } from '../vault/backup-content.ts'
import { createVault, type Vault } from '../vault/vault.ts'
import { appFolder } from './app-folder.ts'
import { dataOption, noKeychain, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import type { Io } from './io.ts'
import type { BackupOut } from './output-vault.ts'
import { newPassphrase, passphrasesGiven, withPassphrases } from './passphrase.ts'
import { readGiven } from './read-given.ts'
import { writeFiles } from './write-files.ts'

type Out = Exclude<z.infer<typeof BackupOut>, { problem: unknown }>
type Item = NonNullable<Out['items']>[number]

const mostBytes = 512 * 1024 * 1024
const ownPassphrase = 'backup-passphrase-file'

export const backup: Command = {
  name: 'backup',
  usage: 'FILE [--list | --restore]',
  says: 'Writes everything in the app’s vault into one encrypted file, says what such a file holds, or restores from it.',
  notes: [
    'The file has a passphrase of its own. docs/vault-format.md shows how OpenSSL opens it without Countersign.',
    'Restoring adds what is not there. What is there and differs stays, unless --take says otherwise. Where there is no vault yet, one is made under the passphrase of --passphrase-file.',
  ],
  options: {
    list: { says: 'say what the file holds; the app’s vault is not opened' },
    restore: { says: 'put what the file holds into the app’s vault' },
    take: { takes: 'WHICH', says: 'of what differs: mine (as it is here), theirs (the backup’s) or both' },
    'passphrase-file': passphraseOption,
    [ownPassphrase]: { takes: 'FILE', says: 'the same for the passphrase of the backup' },
    data: dataOption,
    force: { says: 'replace a file that is there' },
    json: jsonOption,
  },
  examples: [
    'countersign backup everything.backup --passphrase-file vault.txt --backup-passphrase-file backup.txt',
    'countersign backup everything.backup --list --backup-passphrase-file backup.txt --json',
    'countersign backup everything.backup --restore --take theirs --backup-passphrase-file backup.txt',
  ],
  async run(args, io) {
    const [file, ...others] = args.rest
    if (file === undefined || others.length > 0) return usageProblem('Name one file: countersign backup FILE')
    if (args.has('list') && args.has('restore')) return usageProblem('Either --list or --restore, not both')
    const take = args.one('take') ?? 'mine'
    if (!['mine', 'theirs', 'both'].includes(take)) return usageProblem('--take is mine, theirs or both')
    if (args.has('list')) return list(file, args, io)
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    return args.has('restore') ? restore(file, take as 'mine' | 'theirs' | 'both', args, io) : make(file, args, io)
  },
}

async function make(file: string, args: Arguments, io: Io): Promise<Result<Answer>> {
  const opened = await openAppVault(args, io)
  if (!opened.ok) return opened
  const { vault } = opened.value
  try {
    const passphrase = await newPassphrase(args, io, 'the backup', ownPassphrase)
    if (!passphrase.ok) return passphrase
    if (passphrase.value === null) return usageProblem(`Give the passphrase of the backup with --${ownPassphrase} FILE`)
    const made = await vault.backups.make(passphrase.value)
    if (!made.ok) return made
    const { text, records } = made.value
    const written = await writeFiles([{ path: file, content: text, secret: true }], args.has('force'))
    if (!written.ok) return written
    await vault.journal.note({
      what: 'backed-up',
      kind: 'backup',
      name: file.slice(-200),
      detail: `${records} records`,
    })
    const json: Out = { file, madeAt: madeAtOf(text), records }
    return ok({ exit: 0, json, text: () => `${file}: ${records} records` })
  } finally {
    await vault.close()
  }
}

async function readBackup(file: string): Promise<Result<string>> {
  const read = await readGiven(file, mostBytes)
  if (!read.ok) return read
  const text = new TextDecoder().decode(read.value)
  const head = headOf(text)
  if (head === 'newer') return refuse({ code: 'backup.newer', name: file })
  if (head === null) return refuse({ code: 'backup.not-one', name: file })
  return head.key === 'vault' ? refuse({ code: 'backup.automatic', name: file }) : ok(text)
}

/** Opens with the passphrases at hand, or one that is typed. */
async function unlocked<T>(args: Arguments, io: Io, file: string, open: (passphrase: string) => Promise<Result<T>>) {
  const given = await passphrasesGiven(args, ownPassphrase)
  if (!given.ok) return given
  return withPassphrases(io, given.value, file, async (passphrase) => {
    if (passphrase === undefined) return refuse({ code: 'key.passphrase-needed', name: file })
    const opened = await open(passphrase)
    const wrong = !opened.ok && opened.problem.code === 'backup.passphrase-wrong'
    return wrong ? refuse({ code: 'key.passphrase-wrong', name: file }) : opened
  })
}

async function list(file: string, args: Arguments, io: Io): Promise<Result<Answer>> {
  const text = await readBackup(file)
  if (!text.ok) return text
  const opened = await unlocked(args, io, file, async (passphrase) => {
    const content = await unpackBackup(text.value, byPassphrase(passphrase))
    if (!content) return refuse({ code: 'backup.passphrase-wrong', name: file })
    const all = readOpenContent(content)
    content.fill(0)
    if (all === 'newer') return refuse({ code: 'backup.newer', name: file })
    return all ? ok(all) : refuse({ code: 'backup.not-one', name: file })
  })
  if (!opened.ok) return opened
  const items = opened.value.map(({ kind, id, record, secrets }): Item => {
    const hasKey = Object.hasOwn(secrets, 'privateKey')
    for (const bytes of Object.values(secrets)) bytes.fill(0)
    return { kind, id, name: titleOf(record), hasKey }
  })
  const json: Out = { file, madeAt: madeAtOf(text.value), records: items.length, items }
  return ok({ exit: 0, json, text: () => linesOf(json) })
}

async function restore(
  file: string,
  take: 'mine' | 'theirs' | 'both',
  args: Arguments,
  io: Io,
): Promise<Result<Answer>> {
  const text = await readBackup(file)
  if (!text.ok) return text
  const vault = await vaultToRestoreInto(args, io)
  if (!vault.ok) return vault
  const { backups, close } = vault.value
  try {
    const opened = await unlocked(args, io, file, (passphrase) => backups.open(text.value, file, passphrase))
    if (!opened.ok) return opened
    const { backup: token, items, madeAt } = opened.value
    const choice = (item: BackupItem) => (item.is === 'different' ? take : usualChoice(item))
    const choices = items.map((item) => ({ kind: item.kind, id: item.id, take: choice(item) }))
    const done = await backups.restore(token, choices)
    await backups.close(token)
    if (!done.ok) return done
    const shown = items.map(({ kind, id, name, hasKey, is }): Item => ({ kind, id, name, hasKey, is }))
    const { restored } = done.value
    const json: Out = { file, madeAt, records: items.length, items: shown, restored }
    return ok({ exit: 0, json, text: () => `${linesOf(json)}\n${restored} restored` })
  } finally {
    await close()
  }
}

/** The app's vault, or a new one under the passphrase that is given, as on a new computer. */
async function vaultToRestoreInto(args: Arguments, io: Io): Promise<Result<Vault>> {
  const folder = args.one('data') ?? appFolder()
  if (existsSync(join(folder, 'vault', 'vault.json'))) {
    const opened = await openAppVault(args, io)
    return opened.ok ? ok(opened.value.vault) : opened
  }
  const passphrase = await newPassphrase(args, io, 'the new vault')
  if (!passphrase.ok) return passphrase
  if (passphrase.value === null) return refuse({ code: 'vault.none-here', folder })
  const vault = createVault(join(folder, 'vault'), io.keychain ?? noKeychain, { by: 'command-line', now: io.now })
  const made = await vault.setPassphrase(passphrase.value)
  return made.ok ? ok(vault) : made
}

function madeAtOf(text: string): string {
  const head = headOf(text)
  return head && head !== 'newer' ? head.made : ''
}

const linesOf = ({ file, madeAt, items = [] }: Out) =>
  [
    `${file}, made ${madeAt}, ${items.length} records`,
    ...items.map(({ kind, name, hasKey, is }) => {
      const what = journalKinds[kind as BackupItem['kind']] ?? kind
      return `  ${name || what}  ${what}${hasKey ? ', with key' : ''}${is ? `  ${words[is]}` : ''}`
    }),
  ].join('\n')

const words = { new: 'not here before', same: 'the same', different: 'different from here' }
