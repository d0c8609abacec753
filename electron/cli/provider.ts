import { environmentOf } from '../../shared/providers/plan.ts'
import type { Environment, Profile } from '../../shared/providers/profile.ts'
import { builtInProfiles, parseProfile } from '../../shared/providers/registry.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { type Arguments, usageProblem } from './args.ts'
import { readGiven } from './read-given.ts'

export async function profileFromFile(path: string): Promise<Result<Profile>> {
  const read = await readGiven(path)
  return read.ok ? parseProfile(new TextDecoder().decode(read.value), path) : read
}

/** The provider that was named, built in or from a file; undefined when none was. */
export async function providerGiven(args: Arguments): Promise<Result<Profile | undefined>> {
  const [id, file] = [args.one('provider'), args.one('provider-file')]
  if (id !== undefined && file !== undefined) return usageProblem('Say either --provider or --provider-file')
  if (file !== undefined) return profileFromFile(file)
  if (id === undefined) return ok(undefined)
  const profile = builtInProfiles.find((one) => one.id === id)
  return profile ? ok(profile) : refuse({ code: 'plan.provider-unknown', provider: id })
}

/** Its environment: the one named, or the only one there is. */
export function environmentGiven(args: Arguments, profile: Profile): Result<Environment> {
  const id = args.one('environment')
  const [only, ...more] = profile.environments
  if (id === undefined && only && more.length === 0) return ok(only)
  if (id === undefined) {
    const names = profile.environments.map((one) => one.id).join(' or ')
    return usageProblem(`${profile.name} has several environments: say --environment ${names}`)
  }
  const environment = environmentOf(profile, id)
  return environment
    ? ok(environment)
    : refuse({ code: 'plan.environment-unknown', provider: profile.name, environment: id })
}
