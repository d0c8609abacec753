import type { Facts } from '../pki/facts.ts'
import { matchesPattern } from '../providers/pattern.ts'
import { templateOf } from '../providers/plan.ts'
import type { Profile } from '../providers/profile.ts'
import { templatePattern } from '../providers/template.ts'

const fits = (template: string | undefined, text: string | undefined) =>
  template !== undefined &&
  text !== undefined &&
  matchesPattern(
    templatePattern(template, () => '[^.]{1,63}'),
    text.toLowerCase(),
  )

/**
 * The certificate was made for one environment of the provider and used at the host of another, as far as host names
 * and common names of the profile tell them apart; null when they do not.
 */
export function otherEnvironment(
  profile: Profile,
  url: string,
  facts: Facts,
): { ofCertificate: string; ofHost: string } | null {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  const commonName = facts.subjectParts?.find(({ type }) => type === 'CN')?.value
  const rule = profile.subject.find(({ field }) => field === 'CN')
  const atHost = profile.environments.filter((environment) => fits(environment.host, host))
  const ofName = profile.environments.filter(({ id }) => fits(rule && templateOf(rule, id), commonName))
  const [here] = atHost
  const [there] = ofName
  if (!here || !there || ofName.some(({ id }) => atHost.some((one) => one.id === id))) return null
  return { ofCertificate: there.name, ofHost: here.name }
}
