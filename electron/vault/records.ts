import { randomBytes } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { clearHalfWritten, codeOf, listNames, makeFolder, writeAtomically } from '../files.ts'
import { Sealed, seal, unseal, vouch, vouches } from './seal.ts'
import type { VaultKeys } from './vault-key.ts'

/** One file: public part, sealed secrets by field, and a code that vouches for all of it. */
const RecordFile = z.strictObject({
  format: z.literal(1),
  vault: z.string(),
  kind: z.string(),
  id: z.string(),
  record: z.unknown(),
  sealed: z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), Sealed),
  vouched: z.base64(),
})
type RecordFile = z.infer<typeof RecordFile>

type Kept<R> = { file: RecordFile; record: R; checked: boolean }

/** Secrets to seal with a record: bytes by field; null takes one away. */
export type Secrets = Record<string, Uint8Array | null>

/** 80 random bits in base32. */
export const newHandle = (): string =>
  [...randomBytes(16)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('')

/**
 * Records of one kind, one file each (`<id>.json`, the version before it as `<id>.json.previous`). A file that is cut
 * off, altered, or was put in another's place is set aside and named; its previous version takes over when that one is
 * sound. Public parts can be listed while the vault is locked; they are checked as soon as it opens.
 */
export function createRecords<R>(folder: string, kind: string, schema: z.ZodType<R>, keys: () => VaultKeys | null) {
  const kept = new Map<string, Kept<R>>()
  const damaged = new Set<string>()
  let loaded = false

  const pathOf = (id: string) => join(folder, `${id}.json`)
  const bindOf = (vault: string, id: string, field: string) => `${kind} ${id} ${field} ${vault}`
  const vouchedText = ({ vouched: _, ...rest }: RecordFile) => JSON.stringify(rest)

  async function load() {
    if (!loaded) {
      loaded = true
      await clearHalfWritten(folder)
      for (const name of await listNames(folder)) {
        if (/^[a-z0-9-]{1,60}\.json$/.test(name)) await take(name.slice(0, -5))
      }
    }
    const open = keys()
    if (!open) return
    for (const [id, entry] of kept) if (!entry.checked && !isSound(entry, open)) await setAside(id)
    for (const entry of kept.values()) entry.checked = true
  }

  async function take(id: string) {
    const text = await readFile(pathOf(id), 'utf8').catch(() => null)
    // A disk that cannot be read just now is no reason to move anything.
    if (text === null) return void damaged.add(`${id}.json`)
    const entry = understand(text, id)
    if (entry) kept.set(id, entry)
    else await setAside(id)
  }

  function understand(text: string, id: string): Kept<R> | null {
    try {
      const file = RecordFile.parse(JSON.parse(text))
      if (file.kind !== kind || file.id !== id) return null
      const entry = { file, record: schema.parse(file.record), checked: false }
      const open = keys()
      return open && !isSound(entry, open) ? null : entry
    } catch {
      return null
    }
  }

  const isSound = ({ file }: Kept<R>, open: VaultKeys) =>
    file.vault === open.id && vouches(open.vouching, vouchedText(file), file.vouched)

  /** Out of the way under a name of its own, never deleted; the previous version takes its place if it is sound. */
  async function setAside(id: string) {
    kept.delete(id)
    const text = await readFile(pathOf(id), 'utf8')
    const before = await readFile(`${pathOf(id)}.previous`, 'utf8').catch(() => '')
    const previous = understand(before, id)
    if (!previous && isOfAnotherVault(text)) return void damaged.add(`${nameIn(text)}${id}.json, of another vault`)
    const aside = `${id}.damaged-${randomBytes(4).toString('hex')}`
    damaged.add(`${nameIn(text)}${aside}`)
    await rename(pathOf(id), join(folder, aside))
    if (!previous) return
    await writeAtomically(pathOf(id), before)
    kept.set(id, previous)
  }

  /** Somebody restored one half of a backup: the file is as good as its own vault.json, so it stays where it is. */
  function isOfAnotherVault(text: string): boolean {
    const parsed = RecordFile.safeParse(parseJson(text))
    const open = keys()
    return parsed.success && open !== null && parsed.data.vault !== open.id
  }

  async function write(id: string, record: R, secrets: Secrets, before?: RecordFile): Promise<Result<R>> {
    const open = keys()
    if (!open) return refuse({ code: 'vault.locked' })
    const sealed = { ...before?.sealed }
    for (const [field, secret] of Object.entries(secrets)) {
      if (secret === null) delete sealed[field]
      else sealed[field] = seal(open.sealing, secret, bindOf(open.id, id, field))
    }
    // Through JSON first, so that what is vouched for is what will be read back.
    const plain = JSON.parse(JSON.stringify(schema.parse(record)))
    const file: RecordFile = { format: 1, vault: open.id, kind, id, record: plain, sealed, vouched: '' }
    file.vouched = vouch(open.vouching, vouchedText(file))
    await makeFolder(folder)
    const text = `${JSON.stringify(file, null, 2)}\n`
    await writeAtomically(pathOf(id), text, { previous: `${pathOf(id)}.previous` })
    // What is to be forgotten may not live on in the version before.
    if (Object.values(secrets).includes(null)) await writeAtomically(`${pathOf(id)}.previous`, text)
    kept.set(id, { file, record: schema.parse(plain), checked: true })
    return ok(record)
  }

  return {
    async list(): Promise<{ records: R[]; damaged: string[] }> {
      await load()
      return { records: [...kept.values()].map(({ record }) => record), damaged: [...damaged] }
    },
    async find(id: string): Promise<R | undefined> {
      await load()
      return kept.get(id)?.record
    },
    async add(id: string, record: R, secrets: Secrets): Promise<Result<R>> {
      await load()
      return write(id, record, secrets)
    },
    /** Applies `change` to what is stored; undefined when there is no such record. */
    async change(id: string, change: (record: R) => R, secrets: Secrets = {}): Promise<Result<R> | undefined> {
      await load()
      const entry = kept.get(id)
      return entry && write(id, change(entry.record), secrets, entry.file)
    },
    /** A secret's bytes, which the caller zeroes; undefined when the record has no such secret. */
    async secret(id: string, field: string): Promise<Result<Buffer | undefined>> {
      await load()
      const open = keys()
      if (!open) return refuse({ code: 'vault.locked' })
      const sealed = kept.get(id)?.file.sealed[field]
      if (!sealed) return ok(undefined)
      const secret = unseal(open.sealing, sealed, bindOf(open.id, id, field))
      return secret ? ok(secret) : refuse({ code: 'vault.record-damaged', name: id })
    },
    async remove(id: string): Promise<boolean> {
      await load()
      for (const path of [pathOf(id), `${pathOf(id)}.previous`]) {
        await rm(path).catch((error) => (codeOf(error) === 'ENOENT' ? undefined : Promise.reject(error)))
      }
      return kept.delete(id)
    },
  }
}

export type Records<R> = ReturnType<typeof createRecords<R>>

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The name a damaged record seems to have, for the message only. */
function nameIn(text: string): string {
  const name = (parseJson(text) as { record?: { plan?: { name?: unknown } } } | null)?.record?.plan?.name
  return typeof name === 'string' ? `${name.slice(0, 120)}: ` : ''
}
