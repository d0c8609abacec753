import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { dateFiles } from '../../shared/expiry/date-files.ts'
import { byEnd, type ExpiryItem } from '../../shared/expiry/items.ts'
import { expiryLineOf } from '../../shared/expiry/table-file.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { createExpiring, type Expiring } from '../expiry/expiring-items.ts'
import { forOthers } from '../expiry/feeds.ts'
import { createReminderFile } from '../expiry/reminder-file.ts'
import { writeForUser } from '../files.ts'
import { createAttemptStore } from '../history/attempt-store.ts'
import { createSettingsStore } from '../settings-store.ts'
import { appFolder } from './app-folder.ts'
import { dataOption, lockedAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Command, jsonOption, passphraseOption } from './command.ts'
import { expiringInFiles, type FilesFound } from './expiring-files.ts'
import { expiringText } from './expiring-text.ts'
import type { Io } from './io.ts'
import type { ExpiringOut } from './output-expiry.ts'
import { passphrasesGiven } from './passphrase.ts'
import { painter } from './print.ts'

const dayMs = 86_400_000
const usualDays = [30, 14, 7, 1]
const fileOptions = ['ics', 'csv', 'prometheus'] as const

export const expiring: Command = {
  name: 'expiring',
  usage: '[FILE|HOST:PORT…] [--within 30d]',
  says: 'Says what expires within a time: everything on the app’s calendar, or the certificates and revocation lists in files, folders and at servers.',
  notes: [
    'Exit code 1 when something expires within that time, has expired, or could not be read; 0 when nothing does.',
    'The app’s vault stays locked: dates and names are public. What belongs to the practice provider is left out.',
    'Files are replaced whole, under a name that is put in place at the end, so that a calendar or a collector never reads half of one.',
  ],
  options: {
    within: { takes: 'TIME', says: 'days (30d), weeks (4w) or years (1y); 30d without it' },
    data: dataOption,
    practice: { says: 'also what belongs to the practice provider' },
    ics: { takes: 'FILE', says: 'write all dates as a calendar (iCalendar), with alarms' },
    csv: { takes: 'FILE', says: 'write all dates as a table' },
    prometheus: {
      takes: 'FILE',
      says: 'write all dates for node_exporter’s textfile collector; its name ends in .prom',
    },
    'passphrase-file': { ...passphraseOption, many: true },
    json: jsonOption,
  },
  examples: [
    'countersign expiring --within 30d',
    'countersign expiring --prometheus /var/lib/node_exporter/countersign.prom',
    'countersign expiring certificates/ api.example.com:443 --within 4w --json',
  ],
  async run(args, io) {
    const within = withinDays(args.one('within') ?? '30d')
    if (within === null) return usageProblem(`--within is a time such as 30d, 4w or 1y, not “${args.one('within')}”`)
    if (args.one('prometheus')?.endsWith('.prom') === false) {
      return usageProblem('--prometheus writes a file whose name ends in .prom: node_exporter reads no others')
    }
    const gathered = await gather(args, io)
    if (!gathered.ok) return gathered
    const { damaged, problems } = gathered.value
    const all = gathered.value.items.filter(({ practice }) => args.has('practice') || !practice).sort(byEnd)
    const now = io.now()
    const files: string[] = []
    for (const format of fileOptions) {
      const path = args.one(format)
      if (path === undefined) continue
      const problem = await writeForUser(path, dateFiles[format].text(all, now), 0o644)
      if (problem) return refuse({ ...problem, name: path } as typeof problem)
      files.push(path)
    }
    const due = all.filter(({ life, notAfter }) => {
      return life === 'current' && notAfter !== undefined && Date.parse(notAfter) <= now.getTime() + within * dayMs
    })
    const items = due.map((item) => expiryLineOf(item, now))
    const json: z.infer<typeof ExpiringOut> = {
      at: now.toISOString(),
      withinDays: within,
      count: due.length,
      items,
      files,
      damaged,
      problems,
    }
    const well = due.length === 0 && damaged.length === 0 && problems.length === 0
    return ok({ exit: well ? 0 : 1, json, text: () => expiringText(json, all.length, painter(io)) })
  },
}

/** `30d`, `4w`, `1y` or a bare number of days; `null` for what is no such time. */
export function withinDays(text: string): number | null {
  const [, count, unit = 'd'] = /^(\d{1,5})([dwy]?)$/.exec(text.trim()) ?? []
  if (count === undefined) return null
  return Number(count) * ({ d: 1, w: 7, y: 365 }[unit || 'd'] ?? 1)
}

async function gather(args: Arguments, io: Io): Promise<Result<FilesFound & Pick<Expiring, 'damaged'>>> {
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const found = args.rest.length > 0 ? await expiringInFiles(args.rest, passphrases.value, usualDays, io) : null
  if (found && !found.ok) return found
  const { items = [], problems = [] } = found?.value ?? {}
  // Files alone are asked about without the app; both together when its folder is named.
  if (found && args.one('data') === undefined) return ok({ items, problems, damaged: [] })
  const kept = await inTheApp(args, io)
  return kept.ok ? ok({ items: [...kept.value.items, ...items], problems, damaged: kept.value.damaged }) : kept
}

async function inTheApp(args: Arguments, io: Io): Promise<Result<Expiring>> {
  const folder = args.one('data') ?? appFolder()
  if (!existsSync(join(folder, 'vault'))) return refuse({ code: 'vault.none-here', folder })
  const vault = lockedAppVault(folder)
  const settings = createSettingsStore(folder, () => {}).read()
  const list = createExpiring({
    vault,
    history: createAttemptStore(join(folder, 'history')),
    reminders: () => settings.reminders,
    marks: createReminderFile(folder).read,
    now: io.now,
  })
  const found: { items: ExpiryItem[]; damaged: string[] } = await list()
  await vault.close()
  return ok(args.has('practice') ? found : { ...found, items: forOthers(found.items) })
}
