import { z } from 'zod'
import { type RecordKind, versionOf } from './record-kinds.ts'
import { Sealed, vouch, vouches } from './seal.ts'
import type { VaultKeys } from './vault-key.ts'

const common = {
  vault: z.string(),
  kind: z.string(),
  id: z.string(),
  record: z.record(z.string(), z.unknown()),
  sealed: z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), Sealed),
  vouched: z.base64().length(44),
}

/** Format 1 knew neither the version of a record's form nor how often it was written. */
const Format1 = z.strictObject({ format: z.literal(1), ...common })
const Format2 = z.strictObject({
  format: z.literal(2),
  version: z.int().min(1).max(1000),
  /** Counts the times this record was written: what has a smaller one than the manifest says is an older version. */
  generation: z
    .int()
    .min(1)
    .max(2 ** 40),
  ...common,
})
const presentFormat = 2

/** What a record's file holds, once it is understood. */
export type StoredRecord<R> = {
  record: R
  sealed: Record<string, Sealed>
  generation: number
  /** Its code was checked: nobody without the vault key wrote it. */
  checked: boolean
}

/** `foreign`: of another vault. `newer`: of a version of the app that is newer than this one. */
export type Understood<R> = { is: 'sound'; stored: StoredRecord<R> } | { is: 'broken' | 'foreign' | 'newer' }

/** Reads one record's file. Without keys its code cannot be checked, and `checked` says so. Never throws. */
export function understandRecord<R>(
  kind: RecordKind<R>,
  id: string,
  text: string,
  keys: VaultKeys | null,
): Understood<R> {
  const json = parseJson(text)
  const format = (json as { format?: unknown } | null)?.format
  const file = (format === 1 ? Format1 : Format2).safeParse(json).data
  if (!file) return { is: Number.isSafeInteger(format) && Number(format) > presentFormat ? 'newer' : 'broken' }
  if (file.kind !== kind.name || file.id !== id) return { is: 'broken' }
  if (keys && file.vault !== keys.id) return { is: 'foreign' }
  const { vouched, ...rest } = json as Record<string, unknown>
  if (keys && !vouches(keys.vouching, JSON.stringify(rest), file.vouched)) return { is: 'broken' }
  const { version, generation } = file.format === 1 ? { version: 1, generation: 0 } : file
  if (version > versionOf(kind)) return { is: 'newer' }
  try {
    const present = kind.ups.slice(version - 1).reduce((record, up) => up(record), file.record)
    const record = kind.schema.parse(present)
    return { is: 'sound', stored: { record, sealed: file.sealed, generation, checked: keys !== null } }
  } catch {
    return { is: 'broken' }
  }
}

/** The text of a record's file, always in the present format and version. */
export function writeRecord<R>(
  kind: RecordKind<R>,
  id: string,
  { record, sealed, generation }: Pick<StoredRecord<R>, 'record' | 'sealed' | 'generation'>,
  keys: VaultKeys,
): string {
  const rest = {
    format: presentFormat,
    version: versionOf(kind),
    generation,
    vault: keys.id,
    kind: kind.name,
    id,
    record,
    sealed,
  }
  // The same text as a reader makes of what it parsed: `undefined` is dropped by both.
  return `${JSON.stringify({ ...rest, vouched: vouch(keys.vouching, JSON.stringify(rest)) }, null, 2)}\n`
}

/** The name that a record seems to have, for messages only: it may be damaged. */
export function nameIn(text: string): string {
  const { record } = (parseJson(text) ?? {}) as { record?: { name?: unknown; plan?: { name?: unknown } } }
  const name = record?.plan?.name ?? record?.name
  return typeof name === 'string' ? name.slice(0, 120) : ''
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
