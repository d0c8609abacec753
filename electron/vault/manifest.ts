import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder, writeAtomically } from '../files.ts'
import { parseJson } from './record-file.ts'
import { vouch, vouches } from './seal.ts'
import { stampOf } from './stamps.ts'
import type { VaultKeys } from './vault-key.ts'

const Manifest = z.strictObject({
  format: z.literal(1),
  vault: z.string(),
  /** Counts the writes of this file. */
  counter: z.int().min(1),
  /** Of the journal: how many lines it has, and the digest of the last one. */
  journal: z.strictObject({ lines: z.int().min(0), head: z.string().regex(/^([0-9a-f]{64})?$/) }),
  /** The last generation of every record, by kind and id. */
  records: z.record(z.string(), z.record(z.string(), z.int().min(0))),
  /** Counts the changes of each kind, so that a reader knows at a glance whether there is anything new. */
  changes: z.record(z.string(), z.int().min(0)),
  vouched: z.base64().length(44),
})
export type Manifest = Omit<z.infer<typeof Manifest>, 'vouched'>

/**
 * `manifest.json`: which records there are, how often each was written, and where the journal ends, vouched for with
 * the vault key. By it a record that was put back in an older version, or taken away, is told; whoever puts back an
 * older manifest along with all that it names is not, because nothing outside of the folder remembers.
 */
export function createManifest(folder: string, keys: () => VaultKeys | null, onOutsideChange: () => void) {
  const path = join(folder, 'manifest.json')
  let known: { stamp: string; open: VaultKeys; manifest: Manifest | null } | null = null

  /** Null while the vault is locked, and when the file is not there, damaged or of another vault. */
  async function read(): Promise<Manifest | null> {
    const open = keys()
    if (!open) return null
    const { text: stamp, fresh } = await stampOf(path)
    if (known && known.stamp === stamp && known.open === open && !fresh) return known.manifest
    const manifest = stamp === '' ? null : understand(await readFile(path, 'utf8').catch(() => ''), open)
    const before = known?.open === open ? known.manifest : null
    known = { stamp, open, manifest }
    if (before && manifest && hasChanged(before, manifest)) onOutsideChange()
    return manifest
  }

  /** Changes it; the vault is open and this process holds the folder. */
  async function change(edit: (manifest: Manifest) => void): Promise<void> {
    const open = keys()
    if (!open) throw new Error('the manifest of a locked vault')
    const before = await read()
    const manifest: Manifest = before
      ? structuredClone(before)
      : { format: 1, vault: open.id, counter: 0, journal: { lines: 0, head: '' }, records: {}, changes: {} }
    edit(manifest)
    manifest.counter += 1
    const text = `${JSON.stringify({ ...manifest, vouched: vouch(open.vouching, textOf(manifest)) })}\n`
    await makeFolder(folder)
    await writeAtomically(path, text)
    known = { stamp: (await stampOf(path)).text, open, manifest }
  }

  return {
    path,
    read,
    change,
    /** Notes how often records of a kind were written; one that is not named any more is forgotten. */
    list: (kind: string, edit: (generations: Record<string, number>) => void) =>
      change((manifest) => {
        const generations = manifest.records[kind] ?? {}
        manifest.records[kind] = generations
        manifest.changes[kind] = (manifest.changes[kind] ?? 0) + 1
        edit(generations)
      }),
    /** Whether there is a file at all, sound or not. */
    exists: async () => (await stampOf(path)).text !== '',
  }
}

export type ManifestFile = ReturnType<typeof createManifest>

/** Records; a line more in the journal is nothing to draw the lists anew for. */
const hasChanged = (before: Manifest, now: Manifest) => JSON.stringify(before.changes) !== JSON.stringify(now.changes)

const textOf = (manifest: Manifest) => `manifest ${JSON.stringify(manifest)}`

function understand(text: string, open: VaultKeys): Manifest | null {
  const file = Manifest.safeParse(parseJson(text)).data
  if (!file || file.vault !== open.id) return null
  const { vouched, ...manifest } = file
  return vouches(open.vouching, textOf(manifest), vouched) ? manifest : null
}
