import { stateOn } from '../../shared/expiry/lifeline.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import { stageOf } from '../../shared/renewal/renewal.ts'

/** What the list is narrowed to; what is absent narrows nothing. */
export type Filter = {
  provider?: string
  environment?: string
  state?: 'requested' | 'ready' | 'expiring' | 'expired' | 'replaced' | 'revoked' | 'renewing'
  practice?: 'only' | 'none'
  tag?: string
}

/** Environments of different providers may share a name: they are told apart by both. */
export const environmentKey = (one: Pick<IdentitySummary, 'provider' | 'environment'>): string =>
  `${one.provider}/${one.environment}`

export function filtered(
  identities: readonly IdentitySummary[],
  { provider, environment, state, practice, tag }: Filter,
  today: Date,
  remindDays: number,
): IdentitySummary[] {
  return identities.filter(
    (one) =>
      (provider === undefined || one.provider === provider) &&
      (environment === undefined || environmentKey(one) === environment) &&
      (practice === undefined || one.practice === (practice === 'only')) &&
      (tag === undefined || (one.tags ?? []).includes(tag)) &&
      (state === undefined || isIn(one, state, today, remindDays)),
  )
}

function isIn(one: IdentitySummary, state: NonNullable<Filter['state']>, today: Date, remindDays: number): boolean {
  if (state === 'renewing') return one.renewal !== undefined && stageOf(one.renewal) !== 'done'
  return stateOn(one, today, remindDays) === state
}

export const filterCount = (filter: Filter): number => Object.values(filter).filter((one) => one !== undefined).length

/** All tags in use, each once. */
export const tagsOf = (identities: readonly IdentitySummary[]): string[] =>
  [...new Set(identities.flatMap(({ tags }) => tags ?? []))].sort((a, b) => a.localeCompare(b))

/** Tags as they are typed: with commas between them. */
export const tagsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((one) => one.trim().slice(0, 40))
      .filter((one) => one !== ''),
  ),
]
