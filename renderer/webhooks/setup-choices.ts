import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import type { Demand, ListenerSetup, ServerCertificate } from '../../shared/webhooks/setup.ts'

/** A choice of a select, as one text: `authority:abc`. */
export const choiceValue = (choice: ServerCertificate | Demand): string => {
  if (choice.by === 'authority') return `authority:${choice.authority}`
  if (choice.by === 'identity') return `identity:${choice.identity}`
  return choice.by
}

export function serverOf(value: string): ServerCertificate {
  const [by, handle = ''] = value.split(':')
  if (by === 'authority') return { by, authority: handle }
  if (by === 'identity') return { by, identity: handle }
  return { by: 'practice' }
}

export function demandOf(value: string, before: Demand): Demand {
  const [by, handle = ''] = value.split(':')
  if (by === before.by && by !== 'authority') return before
  if (by === 'authority') return { by, authority: handle }
  if (by === 'pem') return { by, name: '', pem: '' }
  if (by === 'pin') return { by, sha256: '' }
  return { by: by === 'any' ? 'any' : 'practice' }
}

type Choice = { value: string; label: string }

export const serverChoices = (
  providerName: string,
  authorities: readonly AuthoritySummary[],
  identities: readonly IdentitySummary[],
): Choice[] => [
  { value: 'practice', label: `Of the practice ${providerName}` },
  ...authorities.map(({ handle, name }) => ({ value: `authority:${handle}`, label: `Of your authority “${name}”` })),
  ...identities
    .filter(({ notAfter, replacedBy }) => notAfter !== undefined && replacedBy === undefined)
    .map(({ handle, name }) => ({ value: `identity:${handle}`, label: `Of the identity “${name}”` })),
]

export const demandChoices = (providerName: string, authorities: readonly AuthoritySummary[]): Choice[] => [
  { value: 'practice', label: `Of the practice ${providerName}` },
  ...authorities.map(({ handle, name }) => ({ value: `authority:${handle}`, label: `Of your authority “${name}”` })),
  { value: 'pem', label: 'Of the provider’s CA (file)' },
  { value: 'pin', label: 'Exactly one certificate' },
  { value: 'any', label: 'Any: to see what is shown' },
]

/** A revocation list is there to check by, or to serve. */
export const withAuthority = ({ demand, server }: ListenerSetup): boolean =>
  demand.by === 'authority' || server.by === 'authority'
