import { z } from 'zod'
import { Handle } from '../identity.ts'
import { KeyAlgorithm } from '../pki/key-plan.ts'

const Token = z.string().regex(/^[0-9a-f]{24}$/)
const Digest = z.string().regex(/^[0-9a-f]{64}$/)
const Name = z.string().trim().min(1).max(120)
const Provider = z.string().min(1).max(40)

/** Where keys come from. `paths` and `contents` are put there by the preload from dropped files. */
export const ImportSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('files') }),
  z.strictObject({ from: z.literal('folder') }),
  z.strictObject({ from: z.literal('paths'), paths: z.array(z.string().min(1).max(4096)).min(1).max(2000) }),
  z.strictObject({
    from: z.literal('contents'),
    files: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(255),
          bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= 16 * 1024 * 1024),
          size: z.number().int().min(0).optional(),
        }),
      )
      .min(1)
      .max(200),
  }),
  /** Keys and certificates themselves, or lines that name their files: those are shown and asked for in a dialog. */
  z.strictObject({
    from: z.literal('text'),
    text: z
      .string()
      .min(1)
      .max(1024 * 1024),
  }),
  z.strictObject({ from: z.literal('unlock'), import: Token, passphrase: z.string().min(1).max(1024) }),
])
export type ImportSource = z.infer<typeof ImportSource>

/** What would become an identity. `id` is the digest of its public key. */
export const ImportRow = z.strictObject({
  id: Digest,
  name: z.string(),
  key: KeyAlgorithm,
  subject: z.string(),
  notAfter: z.string().optional(),
  hasRequest: z.boolean(),
  chain: z.number().int(),
  /** Certificates of the same key that are older, and not taken. */
  older: z.number().int(),
  files: z.array(z.string()),
  unprotected: z.boolean(),
  /** Its certificate is an authority's: to be a client it is no use. */
  isCa: z.boolean(),
  provider: Provider,
  environment: z.string(),
  /** Provider and environment follow from the common name. */
  guessed: z.boolean(),
  /** The identity that has this key already. */
  known: z.strictObject({ handle: Handle, name: z.string(), binned: z.boolean() }).nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>

export const ImportPreview = z.strictObject({
  import: Token,
  rows: z.array(ImportRow),
  /** Files that wait for a passphrase. */
  locked: z.array(z.string()),
  leftOut: z.array(z.strictObject({ file: z.string(), code: z.string(), title: z.string(), next: z.string() })),
  lonely: z.array(z.strictObject({ file: z.string(), what: z.enum(['certificate', 'request']), subject: z.string() })),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** Keys and certificates that people have in files. */
export const importCalls = {
  /** Null when a dialog was closed. */
  startImport: {
    input: z.strictObject({ source: ImportSource }),
    output: z.strictObject({ preview: ImportPreview.nullable() }),
  },
  /** `unprotected`: files whose keys lie there without a passphrase, as before; the app deletes nothing. */
  finishImport: {
    input: z.strictObject({
      import: Token,
      rows: z.array(z.strictObject({ id: Digest, name: Name, provider: Provider, environment: Provider })).min(1),
    }),
    output: z.strictObject({
      made: z.array(z.strictObject({ handle: Handle, name: z.string() })),
      unprotected: z.array(z.string()),
    }),
  },
  closeImport: { input: z.strictObject({}), output: z.strictObject({}) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
