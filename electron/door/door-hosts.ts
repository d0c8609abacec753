import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder, writeAtomically } from '../files.ts'
import { createTurns } from '../in-turn.ts'

const Hosts = z.array(z.strictObject({ host: z.string().max(300), at: z.iso.datetime() })).max(1000)

/** Hosts that the user has said to be theirs to test, in `door-hosts.json`. One that cannot be read counts as empty. */
export function createDoorHosts(folder: string) {
  const path = join(folder, 'door-hosts.json')
  const turn = createTurns()
  const read = async () => {
    try {
      return Hosts.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? []
    } catch {
      return []
    }
  }
  return {
    has: (host: string) => turn(async () => (await read()).some((one) => one.host === host)),
    add: (host: string, at: Date) =>
      turn(async () => {
        const others = (await read()).filter((one) => one.host !== host)
        await makeFolder(folder)
        await writeAtomically(path, JSON.stringify([...others.slice(-999), { host, at: at.toISOString() }]))
      }),
  }
}

export type DoorHosts = ReturnType<typeof createDoorHosts>
