import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { ok, refuse } from '../../shared/result.ts'
import { type JournalLine, journalKinds, journalWords } from '../../shared/vault/journal.ts'
import { appFolder } from './app-folder.ts'
import { dataOption, lockedAppVault, openAppVault } from './app-vault.ts'
import { wholeNumber } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { type Command, jsonOption, passphraseOption } from './command.ts'
import type { JournalOut } from './output-vault.ts'

type Out = Exclude<z.infer<typeof JournalOut>, { problem: unknown }>

const usualLines = 50

export const journal: Command = {
  name: 'journal',
  usage: '[--search TEXT] [--verify]',
  says: 'Shows what was done with which key of the app’s vault, newest first, and checks that no line was altered or taken out.',
  notes: [
    'Reading needs no passphrase: there is no secret in it. Checking opens the vault, whose key vouches for every line.',
    'Exit code 1 when a line was altered, put in or taken out, or the end was cut off.',
  ],
  options: {
    search: { takes: 'TEXT', says: 'only lines with all of these words' },
    last: { takes: 'N', says: `how many lines; ${usualLines} without it` },
    verify: { says: 'check the whole journal' },
    'passphrase-file': passphraseOption,
    data: dataOption,
    json: jsonOption,
  },
  examples: [
    'countersign journal --search exported',
    'countersign journal --verify --passphrase-file vault.txt --json',
  ],
  async run(args, io) {
    const last = wholeNumber(args, 'last', 1, 100_000)
    if (!last.ok) return last
    const folder = args.one('data') ?? appFolder()
    if (!existsSync(join(folder, 'vault', 'vault.json'))) return refuse({ code: 'vault.none-here', folder })
    const asked = { search: args.one('search') ?? '', most: last.value ?? usualLines }
    if (!args.has('verify')) {
      const { lines } = await lockedAppVault(folder).journal.read(asked)
      return ok({ exit: 0, json: { lines } satisfies Out, text: () => textOf(lines) })
    }
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    const opened = await openAppVault(args, io, { readOnly: true })
    if (!opened.ok) return opened
    const { vault } = opened.value
    const { lines } = await vault.journal.read(asked)
    const verified = await vault.journal.verify()
    await vault.close()
    if (!verified) return refuse({ code: 'vault.locked' })
    const { faults } = verified
    const verdict =
      faults.length === 0
        ? `Whole: ${verified.lines} lines, none altered, none missing.`
        : faults.map(({ says }) => says).join('\n')
    const json: Out = { lines, faults }
    return ok({ exit: faults.length === 0 ? 0 : 1, json, text: () => `${textOf(lines)}\n\n${verdict}` })
  },
}

const textOf = (lines: readonly JournalLine[]) =>
  lines.length === 0
    ? 'Nothing.'
    : lines
        .map(({ at, what, kind, name, detail, by }) => {
          const whom = name === undefined ? journalKinds[kind] : `${journalKinds[kind]} “${name}”`
          const rest = [detail, by === 'command-line' ? 'command line' : ''].filter(Boolean).join(', ')
          return `${at.slice(0, 19).replace('T', ' ')}  ${journalWords(what)}  ${whom}${rest ? `  (${rest})` : ''}`
        })
        .join('\n')
