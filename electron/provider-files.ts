import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Profile } from '../shared/providers/profile.ts'
import type { ProviderEntry } from '../shared/providers/provider-entry.ts'
import { builtInProfiles, parseProfile } from '../shared/providers/registry.ts'
import { ok, type Result, refuse } from '../shared/result.ts'
import { listNames, makeFolder, writeAtomically } from './files.ts'
import type { Log } from './log.ts'

export type Providers = {
  list(): Promise<ProviderEntry[]>
  find(id: string): Promise<Profile | undefined>
  /** Adds a profile from a file's text; one that was added before under the same id is replaced. */
  add(fileName: string, text: string): Promise<Result<ProviderEntry>>
  remove(id: string): Promise<Result<null>>
}

/** The built-in profiles and those that the user added, one file each in `folder`, kept as they were given. */
export function createProviders(folder: string, log: Log): Providers {
  let added: Map<string, Profile> | undefined

  async function load() {
    if (added) return added
    added = new Map()
    for (const name of await listNames(folder)) {
      if (!name.endsWith('.json')) continue
      const parsed = parseProfile(await readFile(join(folder, name), 'utf8'), name)
      if (parsed.ok && isFree(parsed.value.id)) added.set(parsed.value.id, parsed.value)
      else log.note('a stored provider file is not usable and was left out')
    }
    return added
  }

  const isFree = (id: string) => !builtInProfiles.some((profile) => profile.id === id)

  return {
    async list() {
      const own = [...(await load()).values()].map((profile) => ({ profile, builtIn: false }))
      return [...builtInProfiles.map((profile) => ({ profile, builtIn: true })), ...own]
    },
    async find(id) {
      return builtInProfiles.find((profile) => profile.id === id) ?? (await load()).get(id)
    },
    async add(fileName, text) {
      const parsed = parseProfile(text, fileName)
      if (!parsed.ok) return parsed
      const profile = parsed.value
      if (!isFree(profile.id)) return refuse({ code: 'provider.id-taken', id: profile.id })
      const known = await load()
      await makeFolder(folder)
      await writeAtomically(join(folder, `${profile.id}.json`), text)
      known.set(profile.id, profile)
      return ok({ profile, builtIn: false })
    },
    async remove(id) {
      const known = await load()
      const profile = known.get(id)
      if (!profile) {
        const builtIn = builtInProfiles.find((one) => one.id === id)
        return builtIn
          ? refuse({ code: 'provider.built-in', provider: builtIn.name })
          : refuse({ code: 'plan.provider-unknown', provider: id })
      }
      await rm(join(folder, `${id}.json`), { force: true })
      known.delete(id)
      return ok(null)
    },
  }
}
