import { randomBytes } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { clearHalfWritten, listNames, makeFolder, writeAtomically } from '../files.ts'
import type { Damage } from './damage.ts'
import type { ManifestFile } from './manifest.ts'
import { nameIn, type StoredRecord, understandRecord, writeRecord } from './record-file.ts'
import type { RecordKind } from './record-kinds.ts'
import { Sealed, seal, unseal } from './seal.ts'
import { stampNowOf, stampOf, textNow } from './stamps.ts'
import type { VaultKeys } from './vault-key.ts'
import { writeRefusal } from './write-refusal.ts'

/** Secrets to seal with a record: bytes by field; null takes one away. */
export type Secrets = Record<string, Uint8Array | null>

type Kept<R> = StoredRecord<R> & { stamp: string }

export type RecordsWith = {
  /** The vault's folder. */
  folder: string
  keys(): VaultKeys | null
  manifest: ManifestFile
  /** Runs a job while no other process writes; a job that already does may come in again. */
  alone<T>(job: () => Promise<T>): Promise<T>
  /** Look, and change nothing. */
  readOnly: boolean
}

/** 80 random bits in base32. */
export const newHandle = (): string =>
  [...randomBytes(16)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('')

/** So many files are read before others get their turn: a thousand take a quarter of a second. */
const atOnce = 40

/**
 * Records of one kind, one file each (`<id>.json`, the version before it as `<id>.json.previous`). A file that is cut
 * off, altered, or was put in another's place is set aside and named; its previous version takes over when that one is
 * sound. Public parts can be listed while the vault is locked; they are checked as soon as it opens. What other
 * processes write is read before every answer.
 */
export function createRecords<R>(kind: RecordKind<R>, { folder: vault, keys, manifest, alone, readOnly }: RecordsWith) {
  const folder = join(vault, kind.folder)
  const kept = new Map<string, Kept<R>>()
  const damages = new Map<string, Damage>()
  let seen = { text: '', fresh: true, open: null as VaultKeys | null }
  let cleared = false

  const pathOf = (id: string) => join(folder, `${id}.json`)
  const bindOf = (vaultId: string, id: string, field: string) => `${kind.name} ${id} ${field} ${vaultId}`
  const name = (damage: Omit<Damage, 'kind' | 'isThere'>) =>
    void damages.set(damage.file, { kind: kind.name, isThere: false, ...damage })

  async function stampNow() {
    const [own, list] = await Promise.all([stampOf(folder), manifest.read()])
    // The manifest counts, and a count does not depend on how fine the file system's clock is.
    return { text: `${own.text}|${list?.changes[kind.name]}`, fresh: own.fresh && !list, open: keys() }
  }

  /** Brings what is kept here up to what lies there. */
  async function refresh() {
    const now = await stampNow()
    if (now.text === seen.text && now.open === seen.open && !seen.fresh) return
    await scan()
    seen = now
  }

  async function scan() {
    const open = keys()
    // Before the files: a record that is written meanwhile is then newer than its entry, never older.
    const listed = (await manifest.read())?.records[kind.name] ?? {}
    const names = await listNames(folder)
    const ids = names.flatMap((file) => (/^[a-z0-9-]{1,60}\.json$/.test(file) ? [file.slice(0, -5)] : []))
    const there = new Set(ids)
    for (const id of kept.keys()) if (!there.has(id)) kept.delete(id)
    for (const file of damages.keys()) if (!names.includes(file)) damages.delete(file)
    let taken = 0
    for (const id of ids) {
      const entry = kept.get(id)
      if (entry && entry.stamp === stampNowOf(pathOf(id)) && (entry.checked || !open)) continue
      await take(id)
      if (++taken % atOnce === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    // Only a vault that is open knows what should be there.
    for (const [id, generation] of Object.entries(open ? listed : {})) await compare(id, generation, names)
    for (const file of names) {
      const [, id = ''] = /^([a-z0-9-]{1,60})\.damaged-[0-9a-f]{8}$/.exec(file) ?? []
      if (id !== '' && !kept.has(id) && !damages.has(file)) {
        name({ id, file, why: 'damaged', name: nameIn(await readFile(join(folder, file), 'utf8').catch(() => '')) })
      }
    }
  }

  async function take(id: string) {
    const stamp = stampNowOf(pathOf(id))
    const text = textNow(pathOf(id))
    // A disk that cannot be read just now is no reason to move anything.
    if (text === null) return void name({ id, file: `${id}.json`, why: 'unreadable', name: '' })
    const understood = understandRecord(kind, id, text, keys())
    damages.delete(`${id}.json`)
    if (understood.is === 'sound') return void kept.set(id, { ...understood.stored, stamp })
    kept.delete(id)
    if (understood.is !== 'broken') return void name({ id, file: `${id}.json`, why: understood.is, name: nameIn(text) })
    await setAside(id, text)
  }

  /** Reading must go on where nothing can be written: then the damage is named where it lies. */
  async function mending(damage: Omit<Damage, 'kind' | 'isThere'>, job: () => Promise<void>) {
    const mended = await writeRefusal(() => alone(job).then(() => ok(null)))
    if (!mended.ok) name(damage)
  }

  /** Out of the way under a name of its own, never deleted; the previous version takes its place if it is sound. */
  async function setAside(id: string, text: string) {
    const here = { id, file: `${id}.json`, why: 'damaged', name: nameIn(text) } as const
    if (readOnly) return void name(here)
    await mending(here, async () => {
      // Another process may have dealt with it while this one waited.
      if (textNow(pathOf(id)) !== text) return
      const before = textNow(`${pathOf(id)}.previous`) ?? ''
      const previous = understandRecord(kind, id, before, keys())
      const aside = `${id}.damaged-${randomBytes(4).toString('hex')}`
      await rename(pathOf(id), join(folder, aside))
      name({ id, file: aside, why: 'damaged', name: nameIn(text) || nameIn(before) })
      if (previous.is !== 'sound') return
      await writeAtomically(pathOf(id), before)
      kept.set(id, { ...previous.stored, stamp: stampNowOf(pathOf(id)) })
    })
  }

  /** Beside the manifest: is it there, and is it the version that was written last? */
  async function compare(id: string, generation: number, names: readonly string[]) {
    const entry = kept.get(id)
    const file = `${id}.json`
    if (entry ? entry.generation >= generation : names.includes(file)) return
    // Another process has been here since: the next answer will look again.
    if ((await manifest.read())?.records[kind.name]?.[id] !== generation) return
    if (entry) {
      const again = damages.get(file)?.why === 'older' || [...damages.values()].some((one) => one.id === id)
      if (!again) name({ id, file, why: 'older', name: nameIn(textNow(pathOf(id)) ?? '') })
    }
    const isAside = names.some((one) => one.startsWith(`${id}.damaged-`))
    if (entry || isAside || damages.has(file)) return
    const before = textNow(`${pathOf(id)}.previous`)
    name({ id, file: `${file}.previous`, why: 'missing', name: nameIn(before ?? '') })
    const previous = understandRecord(kind, id, before ?? '', keys())
    if (previous.is !== 'sound' || readOnly) return
    await mending({ id, file: `${file}.previous`, why: 'missing', name: nameIn(before ?? '') }, async () => {
      if (textNow(pathOf(id)) === null) await writeAtomically(pathOf(id), before ?? '')
      await take(id)
    })
  }

  async function write(id: string, record: R, secrets: Secrets, before?: StoredRecord<R>): Promise<Result<R>> {
    const open = keys()
    if (!open) return refuse({ code: 'vault.locked' })
    const sealed = { ...before?.sealed }
    for (const [field, secret] of Object.entries(secrets)) {
      if (secret === null) delete sealed[field]
      else sealed[field] = Sealed.parse(seal(open.sealing, secret, bindOf(open.id, id, field)))
    }
    // Through JSON first, so that what is vouched for is what will be read back.
    const plain = JSON.parse(JSON.stringify(kind.schema.parse(record)))
    const listed = (await manifest.read())?.records[kind.name]?.[id] ?? 0
    const generation = Math.max(before?.generation ?? 0, listed) + 1
    const text = writeRecord(kind, id, { record: plain, sealed, generation }, open)
    await makeFolder(folder)
    if (!cleared) await clearHalfWritten(folder)
    cleared = true
    await writeAtomically(pathOf(id), text, { previous: `${pathOf(id)}.previous` })
    // What is to be forgotten may not live on in the version before.
    if (Object.values(secrets).includes(null)) await writeAtomically(`${pathOf(id)}.previous`, text)
    const stamp = stampNowOf(pathOf(id))
    kept.set(id, { record: kind.schema.parse(plain), sealed, generation, checked: true, stamp })
    damages.delete(`${id}.json`)
    await list(id, generation)
    return ok(record)
  }

  /** After the file: a crash between the two leaves a record that is newer than its entry, which is good. */
  async function list(id: string, generation: number) {
    await manifest.list(kind.name, (mine) => {
      mine[id] = generation
      for (const [other, entry] of kept) if (entry.checked) mine[other] = Math.max(mine[other] ?? 0, entry.generation)
    })
    seen = await stampNow()
  }

  return {
    kind: kind.name,
    /** Some record was written more than once. */
    hasHistory: () => [...kept.values()].some(({ generation }) => generation > 1),
    /** Everything that is wrong here, with a look at every file, also at those that were altered in their place. */
    async damage(): Promise<Damage[]> {
      seen.text = ''
      await refresh()
      return [...damages.values()].map((one) => ({ ...one, isThere: kept.has(one.id) }))
    },
    async list(): Promise<{ records: R[]; damaged: Damage[] }> {
      await refresh()
      return {
        records: [...kept.values()].map(({ record }) => record),
        damaged: [...damages.values()].map((one) => ({ ...one, isThere: kept.has(one.id) })),
      }
    },
    async find(id: string): Promise<R | undefined> {
      await refresh()
      return kept.get(id)?.record
    },
    async add(id: string, record: R, secrets: Secrets): Promise<Result<R>> {
      await refresh()
      return write(id, record, secrets)
    },
    /** Applies `change` to what is stored; undefined when there is no such record. */
    async change(id: string, change: (record: R) => R, secrets: Secrets = {}): Promise<Result<R> | undefined> {
      await refresh()
      const entry = kept.get(id)
      return entry && write(id, change(entry.record), secrets, entry)
    },
    /** A secret's bytes, which the caller zeroes; undefined when the record has no such secret. */
    async secret(id: string, field: string): Promise<Result<Buffer | undefined>> {
      await refresh()
      const open = keys()
      if (!open) return refuse({ code: 'vault.locked' })
      const sealed = kept.get(id)?.sealed[field]
      if (!sealed) return ok(undefined)
      const secret = unseal(open.sealing, sealed, bindOf(open.id, id, field))
      return secret ? ok(secret) : refuse({ code: 'vault.record-damaged', name: id })
    },
    /** Which secrets a record has. */
    async fields(id: string): Promise<string[]> {
      await refresh()
      return Object.keys(kept.get(id)?.sealed ?? {})
    },
    /** The vault is open. The manifest forgets it first: a crash in between leaves a record, not a gap. */
    async remove(id: string): Promise<boolean> {
      await refresh()
      if (!keys() || !kept.has(id)) return false
      await manifest.list(kind.name, (mine) => {
        delete mine[id]
      })
      kept.delete(id)
      // What was set aside of it holds its sealed key as well.
      const aside = (await listNames(folder)).filter((file) => /^\.(damaged|settled)-/.test(file.slice(id.length)))
      for (const file of [`${id}.json.previous`, ...aside.filter((one) => one.startsWith(id)), `${id}.json`]) {
        await rm(join(folder, file), { force: true })
      }
      seen = await stampNow()
      return true
    },
    /** The files as they lie there, sealed: for the automatic backups. */
    async texts(): Promise<{ id: string; text: string }[]> {
      await refresh()
      return [...kept.keys()].flatMap((id) => {
        const text = textNow(pathOf(id))
        return text === null ? [] : [{ id, text }]
      })
    },
    /** What a sealed text from a backup holds, with its secrets; null when it is not sound. The caller zeroes them. */
    open(id: string, text: string): { record: R; secrets: Record<string, Buffer> } | null {
      const open = keys()
      const understood = open && understandRecord(kind, id, text, open)
      if (!open || understood?.is !== 'sound') return null
      const secrets: Record<string, Buffer> = {}
      for (const [field, sealed] of Object.entries(understood.stored.sealed)) {
        const secret = unseal(open.sealing, sealed, bindOf(open.id, id, field))
        if (!secret) return null
        secrets[field] = secret
      }
      return { record: understood.stored.record, secrets }
    },
    /** What was set aside is dealt with: it is not told any more, and stays where it is under another name. */
    async settle(id: string): Promise<void> {
      for (const file of await listNames(folder)) {
        if (file.startsWith(`${id}.damaged-`)) {
          await rename(join(folder, file), join(folder, file.replace('.damaged-', '.settled-')))
        }
      }
      for (const [file, damage] of damages) if (damage.id === id) damages.delete(file)
      await manifest.list(kind.name, (mine) => {
        const generation = kept.get(id)?.generation
        if (generation === undefined) delete mine[id]
        else mine[id] = generation
      })
      seen = await stampNow()
    },
  }
}

export type Records<R> = ReturnType<typeof createRecords<R>>
