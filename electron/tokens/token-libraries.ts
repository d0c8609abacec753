import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { LibraryId, TokenLibrary } from '../../shared/tokens/token.ts'
import { makeFolder, writeAtomically } from '../files.ts'
import { createTurns } from '../in-turn.ts'
import { asLibrary, librariesHere } from './known-libraries.ts'

/** The libraries that may be loaded: those found on this system, and those that the user chose in a dialog. */
export type TokenLibraries = {
  list(): Promise<TokenLibrary[]>
  find(id: LibraryId): Promise<Result<TokenLibrary>>
  /** A record may come from another computer: what it names is loaded only if it is on the list. */
  allows(path: string): Promise<Result<null>>
  add(path: string): Promise<TokenLibrary>
  forget(id: LibraryId): Promise<void>
}

const Kept = z.object({ libraries: z.array(z.string().max(4096)).max(50) })

export function createTokenLibraries(
  folder: string,
  here: () => Promise<TokenLibrary[]> = librariesHere,
): TokenLibraries {
  const path = join(folder, 'token-libraries.json')
  const turn = createTurns()

  const chosen = async (): Promise<string[]> => {
    try {
      return Kept.safeParse(JSON.parse(await readFile(path, 'utf8'))).data?.libraries ?? []
    } catch {
      return []
    }
  }
  const keep = async (libraries: string[]) => {
    await makeFolder(folder)
    await writeAtomically(path, JSON.stringify({ libraries }))
  }
  const list = async () => {
    const found = await here()
    const own = (await chosen()).map((one) => asLibrary(one, 'chosen'))
    return [...found, ...own.filter(({ id }) => found.every((one) => one.id !== id))]
  }

  return {
    list: () => turn(list),
    find: (id) =>
      turn(async () => {
        const found = (await list()).find((one) => one.id === id)
        return found ? ok(found) : refuse({ code: 'token.library-unknown', library: id })
      }),
    allows: (wanted) =>
      turn(async () =>
        (await list()).some((one) => one.path === wanted)
          ? ok(null)
          : refuse({ code: 'token.library-unknown', library: wanted }),
      ),
    add: (added) =>
      turn(async () => {
        const before = await chosen()
        if (!before.includes(added)) await keep([...before, added].slice(-50))
        return asLibrary(added, 'chosen')
      }),
    forget: (id) =>
      turn(async () => {
        await keep((await chosen()).filter((one) => asLibrary(one, 'chosen').id !== id))
      }),
  }
}
