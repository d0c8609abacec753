import type { Facts } from '../pki/facts.ts'
import { matchesPattern } from '../providers/pattern.ts'
import { templateOf } from '../providers/plan.ts'
import type { Environment, Profile } from '../providers/profile.ts'
import { templatePattern } from '../providers/template.ts'
import type { Attempt } from './attempt.ts'
import { targetOf } from './attempt-host.ts'
import type { Context } from './context.ts'

const fits = (template: string | undefined, text: string | undefined) =>
  template !== undefined &&
  text !== undefined &&
  matchesPattern(
    templatePattern(template, () => '[^.]{1,63}'),
    text.toLowerCase(),
  )

/** `by`: the identity’s own plan says what it was made for, or the profile’s pattern of common names does. */
export type OtherEnvironment = { ofCertificate: string; ofHost: string; by: 'plan' | 'name' }

/**
 * The certificate was made for one environment of the provider and used at the host of another, whichever way round;
 * null when it was not, or when the profile’s hosts do not tell them apart.
 */
export function otherEnvironment(
  attempt: Pick<Attempt, 'url'>,
  { certificate, environment, profile }: Pick<Context, 'certificate' | 'environment' | 'profile'>,
): OtherEnvironment | null {
  if (!profile) return null
  const { host } = targetOf(attempt)
  const atHost = profile.environments.filter((one) => fits(one.host, host))
  const [here] = atHost
  if (!here) return null
  const elsewhere = (made: readonly Environment[]) =>
    made.length > 0 && !made.some(({ id }) => atHost.some((one) => one.id === id)) ? made[0] : undefined
  const planned = elsewhere(profile.environments.filter(({ id }) => id === environment))
  if (planned) return { ofCertificate: planned.name, ofHost: here.name, by: 'plan' }
  const named = certificate && elsewhere(environmentsOfName(profile, certificate))
  return named ? { ofCertificate: named.name, ofHost: here.name, by: 'name' } : null
}

function environmentsOfName(profile: Profile, facts: Facts): Environment[] {
  const commonName = facts.subjectParts?.find(({ type }) => type === 'CN')?.value
  const rule = profile.subject.find(({ field }) => field === 'CN')
  return profile.environments.filter(({ id }) => fits(rule && templateOf(rule, id), commonName))
}
