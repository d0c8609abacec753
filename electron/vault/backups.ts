import { randomBytes } from 'node:crypto'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AutomaticBackup, BackupChoice, BackupItem, BackupPreview } from '../../shared/vault/backup.ts'
import type { JournalNote } from '../../shared/vault/journal.ts'
import type { AutomaticBackups } from './automatic-backups.ts'
import { byPassphrase, headOf, newSalt, packBackup, unpackBackup } from './backup-box.ts'
import { type BackedUp, readOpenContent, titleOf, writeOpenContent } from './backup-content.ts'
import { newHandle, type Records } from './records.ts'
import { leastPassphrase, type VaultKeys } from './vault-key.ts'

export type Backups = {
  /** Everything in one text, encrypted with a passphrase of its own. */
  make(passphrase: string): Promise<Result<{ text: string; records: number }>>
  /** Opens a file; `name` is for messages. */
  open(text: string, name: string, passphrase: string): Promise<Result<BackupPreview>>
  openAutomatic(name: string): Promise<Result<BackupPreview>>
  /** What is not chosen is left as it is here. */
  restore(backup: string, choices: readonly BackupChoice[]): Promise<Result<{ restored: number }>>
  close(backup: string): Promise<void>
  automatic: {
    list(): Promise<AutomaticBackup[]>
    /** Makes one when a day has passed, or at once; null when there was no reason to, or the vault is locked. */
    run(when: 'due' | 'now'): Promise<Result<string | null>>
    /** Which of them hold one record, newest first. */
    holding(kind: string, id: string): Promise<{ name: string; madeAt: string; title: string }[]>
    restoreRecord(kind: string, id: string, name: string): Promise<Result<null>>
  }
}

type AnyRecords = Records<Record<string, unknown>>

export type BackupsWith = {
  shelves: readonly AnyRecords[]
  automatic: AutomaticBackups
  keys(): VaultKeys | null
  now(): Date
  /** Runs a job in turn while the vault is open; with `writing` the folder is held as well. */
  reading<T>(job: () => Promise<Result<T>>): Promise<Result<T>>
  writing<T>(job: () => Promise<Result<T>>): Promise<Result<T>>
  note(note: JournalNote): Promise<boolean>
  copyVaultFile(): Promise<void>
}

type Opened = { name: string; made: string; all: BackedUp[] }

const mostOpened = 3

/** Backups of a whole vault, to move it and to have things back. */
export function createBackups(means: BackupsWith): Backups & { forget(): void } {
  const { shelves, automatic, keys, now, reading, writing, note } = means
  const opened = new Map<string, Opened>()
  const shelfOf = (kind: string) => shelves.find((one) => one.kind === kind)

  async function everything(): Promise<BackedUp[] | null> {
    const all: BackedUp[] = []
    for (const shelf of shelves) {
      for (const { id, text } of await shelf.texts()) {
        const one = shelf.open(id, text)
        if (!one) return null
        all.push({ kind: shelf.kind, id, record: one.record, secrets: one.secrets })
      }
    }
    return all
  }

  async function preview(name: string, made: string, all: BackedUp[]): Promise<BackupPreview> {
    const items: BackupItem[] = []
    for (const one of all) items.push(await itemOf(shelfOf(one.kind), one))
    while (opened.size >= mostOpened) close([...opened.keys()][0] ?? '')
    const backup = randomBytes(8).toString('hex')
    opened.set(backup, { name, made, all })
    return { backup, name, madeAt: made, items }
  }

  function close(backup: string) {
    wipe(opened.get(backup)?.all ?? [])
    opened.delete(backup)
  }

  /** Puts one record in its place, with exactly the secrets it had. */
  async function put(shelf: AnyRecords, id: string, { record, secrets }: Pick<BackedUp, 'record' | 'secrets'>) {
    const extra = (await shelf.fields(id)).filter((field) => !Object.hasOwn(secrets, field))
    const taken = Object.fromEntries(extra.map((field) => [field, null]))
    return (await shelf.find(id)) === undefined
      ? shelf.add(id, record, secrets)
      : ((await shelf.change(id, () => record, { ...secrets, ...taken })) ?? refuse({ code: 'app.unexpected' }))
  }

  return {
    make: (passphrase) =>
      reading(async () => {
        if ([...passphrase].length < leastPassphrase)
          return refuse({ code: 'key.passphrase-short', least: leastPassphrase })
        const all = await everything()
        if (!all) return refuse({ code: 'vault.record-damaged', name: '' })
        const content = writeOpenContent(all)
        wipe(all)
        const made = now().toISOString()
        const head = {
          key: 'scrypt' as const,
          n: 131072 as const,
          r: 8 as const,
          p: 1,
          salt: newSalt(),
          made,
          records: all.length,
        }
        const text = await packBackup(head, content, byPassphrase(passphrase))
        content.fill(0)
        return ok({ text, records: all.length })
      }),
    open: (text, name, passphrase) =>
      reading(async () => {
        const head = headOf(text)
        if (head === 'newer') return refuse({ code: 'backup.newer', name })
        if (head?.key !== 'scrypt') return refuse({ code: 'backup.not-one', name })
        const content = await unpackBackup(text, byPassphrase(passphrase))
        if (!content) return refuse({ code: 'backup.passphrase-wrong', name })
        const all = readOpenContent(content)
        content.fill(0)
        if (all === 'newer') return refuse({ code: 'backup.newer', name })
        return all ? ok(await preview(name, head.made, all)) : refuse({ code: 'backup.not-one', name })
      }),
    openAutomatic: (name) =>
      reading(async () => {
        const open = keys()
        const made = (await automatic.list()).find((one) => one.name === name)?.madeAt
        const files = open && made !== undefined ? await automatic.filesIn(name, open) : null
        if (!files || made === undefined) return refuse({ code: 'backup.not-one', name })
        const all: BackedUp[] = []
        for (const { kind, id, text } of files) {
          const one = shelfOf(kind)?.open(id, text)
          if (!one) return refuse({ code: 'backup.newer', name })
          all.push({ kind, id, record: one.record, secrets: one.secrets })
        }
        return ok(await preview(name, made, all))
      }),
    async restore(backup, choices) {
      const from = opened.get(backup)
      if (!from) return refuse({ code: 'backup.not-open' })
      const restored = await writing(async () => {
        const done: BackedUp[] = []
        for (const { kind, id, take } of choices) {
          const one = from.all.find((each) => each.kind === kind && each.id === id)
          const shelf = shelfOf(kind)
          if (!one || !shelf || take === 'mine') continue
          // What has no handle of its own is there once, and cannot be there twice.
          const copy = take === 'both' && Object.hasOwn(one.record, 'handle') ? asCopy(one) : one
          const written = await put(shelf, copy.id, copy)
          if (!written.ok) return written
          await shelf.settle(copy.id)
          done.push(copy)
        }
        return ok(done)
      })
      if (!restored.ok) return restored
      for (const { kind, id, record } of restored.value) {
        const detail = `from ${from.name}, made ${from.made.slice(0, 10)}`
        await note({ what: 'restored', kind: kind as JournalNote['kind'], id, name: titleOf(record), detail })
      }
      return ok({ restored: restored.value.length })
    },
    close: async (backup) => close(backup),
    forget() {
      for (const backup of [...opened.keys()]) close(backup)
    },
    automatic: {
      list: () => automatic.list(),
      async run(when) {
        const made = await writing(async () => {
          const open = keys()
          if (!open || (when === 'due' && !(await automatic.isDue(now())))) return ok(null)
          const files: { kind: string; id: string; text: string }[] = []
          let damaged = false
          for (const shelf of shelves) {
            for (const { id, text } of await shelf.texts()) files.push({ kind: shelf.kind, id, text })
            damaged ||= (await shelf.list()).damaged.length > 0
          }
          const name = files.length === 0 ? null : await automatic.make(files, open, now(), damaged)
          if (name !== null) await means.copyVaultFile()
          return ok(name === null ? null : { name, records: files.length })
        })
        if (!made.ok) return made
        if (!made.value) return ok(null)
        const { name, records } = made.value
        await note({ what: 'backed-up', kind: 'backup', detail: `automatic, ${records} records, ${name}` })
        return ok(name)
      },
      async holding(kind, id) {
        const found = await reading(async () => {
          const open = keys()
          const versions = open ? await automatic.versionsOf(kind, id, open) : []
          return ok(
            versions.flatMap(({ name, madeAt, text }) => {
              const one = shelfOf(kind)?.open(id, text)
              if (!one) return []
              wipe([one])
              return [{ name, madeAt, title: titleOf(one.record) }]
            }),
          )
        })
        return found.ok ? found.value : []
      },
      async restoreRecord(kind, id, name) {
        const restored = await writing<Record<string, unknown>>(async () => {
          const open = keys()
          const shelf = shelfOf(kind)
          const files = open ? await automatic.filesIn(name, open) : null
          const text = files?.find((one) => one.kind === kind && one.id === id)?.text
          const one = text === undefined ? null : shelf?.open(id, text)
          if (!shelf || !one) return refuse({ code: 'backup.none-of-record', name: id })
          const written = await put(shelf, id, one)
          wipe([one])
          if (!written.ok) return written
          await shelf.settle(id)
          return ok(one.record)
        })
        if (!restored.ok) return restored
        await note({
          what: 'restored',
          kind: kind as JournalNote['kind'],
          id,
          name: titleOf(restored.value),
          detail: `from ${name}`,
        })
        return ok(null)
      },
    },
  }
}

async function itemOf(shelf: AnyRecords | undefined, one: BackedUp): Promise<BackupItem> {
  const mine = await shelf?.find(one.id)
  const common = {
    kind: one.kind as BackupItem['kind'],
    id: one.id,
    name: titleOf(one.record),
    hasKey: Object.hasOwn(one.secrets, 'privateKey'),
    theirs: changedAt(one.record),
  }
  if (!mine || !shelf) return { ...common, is: 'new' }
  const same = JSON.stringify(mine) === JSON.stringify(one.record) && (await hasSameSecrets(shelf, one))
  return { ...common, is: same ? 'same' : 'different', mine: changedAt(mine) }
}

async function hasSameSecrets(shelf: AnyRecords, { id, secrets }: BackedUp): Promise<boolean> {
  const fields = await shelf.fields(id)
  if (fields.length !== Object.keys(secrets).length) return false
  for (const field of fields) {
    const mine = await shelf.secret(id, field)
    const theirs = secrets[field]
    const same = mine.ok && mine.value !== undefined && theirs !== undefined && mine.value.equals(theirs)
    if (mine.ok) mine.value?.fill(0)
    if (!same) return false
  }
  return true
}

/** Beside the one that is here: another handle, and a name that says what it is. */
function asCopy(one: BackedUp): BackedUp {
  const id = newHandle()
  const { plan, name } = one.record as { plan?: { name: string }; name?: string }
  const marked = (text: string) => `${text.slice(0, 100)} (restored)`
  const renamed = plan ? { plan: { ...plan, name: marked(plan.name) } } : { name: marked(name ?? '') }
  return { ...one, id, record: { ...one.record, handle: id, ...renamed } }
}

/** The last event of its history, or when it was made. */
function changedAt(record: Record<string, unknown>): string | undefined {
  const { history, createdAt, issuedAt } = record as {
    history?: { at: string }[]
    createdAt?: string
    issuedAt?: string
  }
  return history?.at(-1)?.at ?? createdAt ?? issuedAt
}

function wipe(all: readonly Pick<BackedUp, 'secrets'>[]) {
  for (const { secrets } of all) for (const bytes of Object.values(secrets)) bytes.fill(0)
}
