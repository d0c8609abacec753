import { createHash } from 'node:crypto'
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AutomaticBackup } from '../../shared/vault/backup.ts'
import { clearHalfWritten, listNames, makeFolder, writeAtomically } from '../files.ts'
import { byVault, headOf, newSalt, packBackup, unpackBackup } from './backup-box.ts'
import { readSealedContent, type SealedFile, writeSealedContent } from './backup-content.ts'
import type { VaultKeys } from './vault-key.ts'

/** So many different states are kept. */
export const keptBackups = 7
const dayMs = 86_400_000

/** `000042-2026-11-22.backup`: counted, because a clock that was set wrong must not make old ones of new ones. */
const nameOf = (count: number, at: Date) => `${String(count).padStart(6, '0')}-${at.toISOString().slice(0, 10)}.backup`
const countIn = (name: string) => Number(/^(\d{6,12})-\d{4}-\d{2}-\d{2}\.backup$/.exec(name)?.[1] ?? Number.NaN)

/** Daily backups in a folder of their own, sealed by the vault. */
export function createAutomaticBackups(folder: string) {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => null)

  /** Oldest first. */
  const names = async () =>
    (await listNames(folder)).filter((name) => Number.isFinite(countIn(name))).sort((a, b) => countIn(a) - countIn(b))

  async function filesIn(name: string, keys: VaultKeys): Promise<SealedFile[] | null> {
    const text = await read(name)
    const content = text === null ? null : await unpackBackup(text, byVault(keys.id, keys.backup))
    const files = content && readSealedContent(content)
    return Array.isArray(files) ? files : null
  }

  return {
    folder,
    /** Newest first. What cannot be read is not among them. */
    async list(): Promise<AutomaticBackup[]> {
      const all = await Promise.all(
        (await names()).map(async (name) => {
          const head = headOf((await read(name)) ?? '')
          if (!head || head === 'newer') return []
          const { size } = await stat(join(folder, name))
          return [{ name, madeAt: head.made, records: head.records, bytes: size }]
        }),
      )
      return all.flat().reverse()
    },
    /** A day has passed since the last one, or the clock was set back behind it. */
    async isDue(now: Date): Promise<boolean> {
      const last = (await names()).at(-1)
      const head = last === undefined ? null : headOf((await read(last)) ?? '')
      if (!head || head === 'newer') return true
      const age = now.getTime() - Date.parse(head.made)
      return age >= dayMs || age < 0
    },
    /**
     * Writes one, unless nothing has changed since the last. Older ones than the last seven go, but none while
     * something is damaged that one of them may hold.
     */
    async make(files: readonly SealedFile[], keys: VaultKeys, now: Date, keepAll: boolean): Promise<string | null> {
      const content = writeSealedContent(files)
      const digest = createHash('sha256').update(content).digest('hex')
      const before = await names()
      const last = before.at(-1)
      const head = last === undefined ? null : headOf((await read(last)) ?? '')
      if (head && head !== 'newer' && head.key === 'vault' && head.vault === keys.id && head.digest === digest)
        return null
      await makeFolder(folder)
      await clearHalfWritten(folder)
      const name = nameOf(last === undefined ? 1 : countIn(last) + 1, now)
      const salt = newSalt()
      const made = now.toISOString()
      const top = { key: 'vault' as const, vault: keys.id, salt, made, records: files.length, digest }
      await writeAtomically(join(folder, name), await packBackup(top, content, byVault(keys.id, keys.backup)))
      if (!keepAll)
        for (const old of [...before, name].slice(0, -keptBackups)) await rm(join(folder, old), { force: true })
      return name
    },
    filesIn,
    /** The latest sound copies of one record, newest first, each text once. */
    async versionsOf(
      kind: string,
      id: string,
      keys: VaultKeys,
    ): Promise<{ name: string; madeAt: string; text: string }[]> {
      const found: { name: string; madeAt: string; text: string }[] = []
      for (const name of (await names()).reverse()) {
        const file = (await filesIn(name, keys))?.find((one) => one.kind === kind && one.id === id)
        const head = headOf((await read(name)) ?? '')
        if (!file || !head || head === 'newer' || found.at(-1)?.text === file.text) continue
        found.push({ name, madeAt: head.made, text: file.text })
      }
      return found
    },
  }
}

export type AutomaticBackups = ReturnType<typeof createAutomaticBackups>
