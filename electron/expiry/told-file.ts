import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder, writeAtomically } from '../files.ts'

/** The last threshold that was told for an identity's present certificate. */
const Told = z.record(z.string(), z.strictObject({ notAfter: z.string(), threshold: z.number().int() }))
export type Told = z.infer<typeof Told>

export type ToldFile = { read(): Promise<Told>; write(told: Told): Promise<void> }

/** `reminded.json`: without it every start would tell everything again. Lost or damaged, it does just that, once. */
export function createToldFile(folder: string): ToldFile {
  const path = join(folder, 'reminded.json')
  return {
    async read() {
      try {
        return Told.parse(JSON.parse(await readFile(path, 'utf8')))
      } catch {
        return {}
      }
    },
    async write(told) {
      await makeFolder(folder)
      await writeAtomically(path, JSON.stringify(told))
    },
  }
}
