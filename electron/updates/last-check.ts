import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder, writeAtomically } from '../files.ts'

const Kept = z.strictObject({ lastChecked: z.iso.datetime() })

/** When the feed was last asked, across starts: so that the daily check is one a day. */
export function createLastCheck(folder: string) {
  const file = join(folder, 'updates.json')
  return {
    async read(): Promise<string | null> {
      const text = await readFile(file, 'utf8').catch(() => '')
      try {
        return Kept.parse(JSON.parse(text)).lastChecked
      } catch {
        return null
      }
    },
    async write(lastChecked: string): Promise<void> {
      await makeFolder(folder)
      await writeAtomically(file, JSON.stringify({ lastChecked } satisfies z.infer<typeof Kept>))
    },
  }
}

export type LastCheck = ReturnType<typeof createLastCheck>
