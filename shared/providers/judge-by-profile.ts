import type { Finding } from '../findings.ts'
import type { Facts, ObjectKind } from '../pki/facts.ts'
import { checkCertificate, checkRequest } from './conformance.ts'
import { checkKey } from './key-rules.ts'
import { environmentOf } from './plan.ts'
import type { Profile } from './profile.ts'

/**
 * What a provider would say to something from the inspector: a certificate as one that is to be used for calls, a
 * request as one that is sent in, a key by its kind and size. Nothing for other kinds. An environment that the provider
 * does not have is the only finding.
 */
export function judgeByProfile(
  object: { kind: ObjectKind; facts: Facts },
  profile: Profile,
  environment: string,
  today: Date,
): Finding[] {
  if (environmentOf(profile, environment) === undefined) {
    return [
      {
        code: 'plan.environment-unknown',
        severity: 'refuses',
        message: `${profile.name} has no environment “${environment.slice(0, 80)}”.`,
        next: `Choose ${profile.environments.map((one) => one.name).join(' or ')}.`,
      },
    ]
  }
  const { kind, facts } = object
  switch (kind) {
    case 'certificate':
      return checkCertificate(profile, environment, { facts, now: today })
    case 'request':
      return checkRequest(profile, environment, facts)
    case 'private-key':
    case 'public-key':
      // A locked key says nothing of itself.
      return facts.keyAlgorithm === undefined ? [] : checkKey(profile, facts)
    default:
      return []
  }
}
