import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, listNames, makeFolder, writeAtomically } from '../files.ts'
import { Wrap } from './key-wraps.ts'
import { parseJson } from './record-file.ts'
import { recordKinds } from './record-kinds.ts'
import { vouch, vouches } from './seal.ts'
import { stampOf } from './stamps.ts'

const common = { id: z.string().regex(/^[0-9a-f]{32}$/), wraps: z.array(Wrap).min(1).max(4) }

/** Format 1 was not vouched for: whoever could write it could take a way in away, or rename a keychain. */
const VaultFile = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal(1), ...common }),
  z.strictObject({ format: z.literal(2), ...common, vouched: z.base64().length(44) }),
])
export type VaultFile = z.infer<typeof VaultFile>

const textOf = ({ id, wraps }: Pick<VaultFile, 'id' | 'wraps'>) => `vault file ${JSON.stringify({ id, wraps })}`

/** Whether the vault key that came out of a file vouches for it. */
export const vouchesForFile = (vouching: Buffer, file: VaultFile): boolean =>
  file.format === 1 || vouches(vouching, textOf(file), file.vouched)

/**
 * `vault.json`: the vault's id and the wraps of its key. It lies there twice, and once more beside the automatic
 * backups, because everything else opens only with it. Copies and not the version before: an old passphrase must go.
 */
export function createVaultFile(folder: string, backupFolder: string) {
  const path = join(folder, 'vault.json')
  const places = [path, join(folder, 'vault.json.copy'), join(backupFolder, 'vault.json')]

  return {
    /**
     * The files that can be read, the likeliest first, each text once. Undefined: no vault yet. Null: there is one, but
     * none of its files can be read; a new key now would bury its records for good.
     */
    async load(): Promise<[VaultFile, ...VaultFile[]] | null | undefined> {
      const texts = await Promise.all(places.map(readText))
      const files = [...new Set(texts)].flatMap((text) => VaultFile.safeParse(parseJson(text ?? '')).data ?? [])
      const [first, ...others] = files
      if (first) return [first, ...others]
      const orphans = await Promise.all(recordKinds.map((kind) => listNames(join(folder, kind.folder))))
      const isLost = texts.some((text) => text !== undefined) || orphans.flat().some((name) => name.endsWith('.json'))
      return isLost ? null : undefined
    },
    isThere: async () => (await stampOf(path)).text !== '',
    /** Whether all copies that should be there are alike and of the present format. */
    async isWhole(): Promise<boolean> {
      const [main, copy, third] = await Promise.all(places.map(readText))
      if (main === undefined || main !== copy || (third !== undefined && third !== main)) return false
      return VaultFile.safeParse(parseJson(main)).data?.format === 2
    },
    async store(id: string, wraps: readonly Wrap[], vouching: Buffer): Promise<void> {
      const file = { format: 2, id, wraps: [...wraps] }
      const text = `${JSON.stringify({ ...file, vouched: vouch(vouching, textOf(file)) }, null, 2)}\n`
      await makeFolder(folder)
      for (const place of places) {
        // The third follows the backups; without any there is no folder for it.
        if (place === places[2] && (await readText(place)) === undefined) continue
        await writeAtomically(place, text)
      }
    },
    /** Puts the copy beside the backups. */
    async storeBesideBackups(): Promise<void> {
      const text = await readText(path)
      if (text !== undefined && text !== (await readText(places[2] as string))) {
        await writeAtomically(places[2] as string, text)
      }
    },
  }
}

/** Undefined when there is none. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}
