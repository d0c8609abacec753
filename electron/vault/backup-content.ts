import { z } from 'zod'
import { parseJson } from './record-file.ts'
import { recordKinds, versionOf } from './record-kinds.ts'

const Id = z.string().regex(/^[a-z0-9-]{1,60}$/)

/** In a backup with a passphrase of its own: everything readable by whoever opens it, secrets in base64. */
const OpenContent = z.strictObject({
  format: z.literal(1),
  records: z
    .array(
      z.strictObject({
        kind: z.string().max(40),
        version: z.int().min(1),
        id: Id,
        record: z.record(z.string(), z.unknown()),
        secrets: z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.base64()),
      }),
    )
    .max(200_000),
})

/** In an automatic backup: the files as they lay in the vault, their secrets still sealed. */
const SealedContent = z.strictObject({
  format: z.literal(1),
  files: z.array(z.strictObject({ kind: z.string().max(40), id: Id, text: z.string() })).max(200_000),
})
export type SealedFile = z.infer<typeof SealedContent>['files'][number]

/** One record out of a backup, in the present form of its kind. */
export type BackedUp = { kind: string; id: string; record: Record<string, unknown>; secrets: Record<string, Buffer> }

export function writeOpenContent(all: readonly BackedUp[]): Buffer {
  const records = all.map(({ kind, id, record, secrets }) => ({
    kind,
    version: versionOf(kindNamed(kind) ?? { ups: [] }),
    id,
    record,
    secrets: Object.fromEntries(Object.entries(secrets).map(([field, bytes]) => [field, bytes.toString('base64')])),
  }))
  return Buffer.from(`${JSON.stringify({ format: 1, records }, null, 1)}\n`)
}

export const writeSealedContent = (files: readonly SealedFile[]): Buffer =>
  Buffer.from(JSON.stringify({ format: 1, files }))

export const kindNamed = (name: string) => recordKinds.find((kind) => kind.name === name)

/** `newer`: it holds a kind or a version that this app does not know. Null: it is not of this form. */
export function readOpenContent(content: Buffer): BackedUp[] | 'newer' | null {
  const parsed = OpenContent.safeParse(parseJson(content.toString('utf8'))).data
  if (!parsed) return isNewer(content) ? 'newer' : null
  const all: BackedUp[] = []
  for (const { kind: name, version, id, record, secrets } of parsed.records) {
    const kind = kindNamed(name)
    if (!kind || version > versionOf(kind)) return 'newer'
    const present = kind.schema.safeParse(kind.ups.slice(version - 1).reduce((one, up) => up(one), record)).data
    if (!present) return null
    const opened = Object.entries(secrets).map(([field, text]) => [field, Buffer.from(text, 'base64')] as const)
    all.push({ kind: name, id, record: present, secrets: Object.fromEntries(opened) })
  }
  return all
}

export function readSealedContent(content: Buffer): SealedFile[] | 'newer' | null {
  const parsed = SealedContent.safeParse(parseJson(content.toString('utf8'))).data
  return parsed?.files ?? (isNewer(content) ? 'newer' : null)
}

function isNewer(content: Buffer): boolean {
  const { format } = (parseJson(content.toString('utf8')) ?? {}) as { format?: unknown }
  return Number.isSafeInteger(format) && Number(format) > 1
}

/** What a record is called, whatever its kind. */
export function titleOf(record: Record<string, unknown>): string {
  const { plan, name, provider } = record as { plan?: { name?: unknown }; name?: unknown; provider?: unknown }
  return String(plan?.name ?? name ?? provider ?? '').slice(0, 200)
}
