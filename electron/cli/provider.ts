import { environmentOf } from '../../shared/providers/plan.ts'
import type { Environment, Profile } from '../../shared/providers/profile.ts'
import { builtInProfiles, parseProfile } from '../../shared/providers/registry.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { policyInForce } from '../policy/in-force.ts'
import { isAllowed, providerRefusal } from '../policy/refusals.ts'
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
  if (file === undefined && id === undefined) return ok(undefined)
  const policy = policyInForce()
  if (file !== undefined && policy.policy.providers?.own === false) {
    return refuse({ code: 'policy.managed', what: 'which providers there are' })
  }
  const found = file === undefined ? providerOf(id ?? '') : await profileFromFile(file)
  const refused = found.ok ? providerRefusal(policy, found.value.id) : null
  return refused ? refuse(refused) : found
}

/** Those that come with the app, and those of an organisation's policy. */
export const providersHere = (): readonly Profile[] => {
  const { policy, profiles } = policyInForce()
  return [...builtInProfiles, ...profiles].filter(({ id }) => isAllowed(policy, id))
}

function providerOf(id: string): Result<Profile> {
  const known = [...builtInProfiles, ...policyInForce().profiles]
  const profile = known.find((one) => one.id === id)
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
