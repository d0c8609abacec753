import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Output } from '../shared/contract.ts'

export type Licences = Output<'about'>['licences']

const List = z.array(z.strictObject({ name: z.string(), version: z.string(), licence: z.string() }))

/** What the build wrote beside each part of the app about the packages that went into it. A missing list is a bug. */
export async function readLicences(files: readonly string[], electron: string): Promise<Licences> {
  const lists = await Promise.all(files.map(async (file) => List.parse(JSON.parse(await readFile(file, 'utf8')))))
  const all = [{ name: 'electron', version: electron, licence: 'MIT' }, ...lists.flat()]
  const distinct = new Map(all.map((one) => [`${one.name}@${one.version}`, one]))
  return [...distinct.values()].sort((a, b) => a.name.localeCompare(b.name))
}
