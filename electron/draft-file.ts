import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Draft } from '../shared/identity.ts'
import { makeFolder, writeAtomically } from './files.ts'
import { createTurns } from './in-turn.ts'

export type DraftFile = { read(): Promise<Draft | null>; save(draft: Draft | null): Promise<void> }

/** The wizard left half-way, in `draft.json`: answers only, no secret. One that cannot be understood counts as none. */
export function createDraftFile(folder: string): DraftFile {
  const path = join(folder, 'draft.json')
  const turn = createTurns()
  return {
    read: () =>
      turn(async () => {
        try {
          return Draft.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
        } catch {
          return null
        }
      }),
    save: (draft) =>
      turn(async () => {
        if (draft === null) return rm(path, { force: true })
        await makeFolder(folder)
        await writeAtomically(path, JSON.stringify(draft))
      }),
  }
}
