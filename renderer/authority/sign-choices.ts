import type { Choice, PlanChoice, PlanIssue } from '../../shared/authority/plan-row.ts'
import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { OpenedRequest, ShownPlan } from '../../shared/calls/signing.ts'
import type { ProviderEntry } from '../../shared/providers/provider-entry.ts'

/** A provider’s way of calling you, for which you issue the certificate. */
export type Rules = { provider: string; callsYou: string }
export type OfferedRules = { rules: Rules; label: string; request?: string }

/** Those that can sign certificates from here: a root that has an issuing authority below it is kept for that alone. */
export function signing(authorities: readonly AuthoritySummary[]): AuthoritySummary[] {
  const parents = new Set(authorities.map(({ parent }) => parent))
  return authorities.filter(({ handle, successor }) => !parents.has(handle) && successor === undefined)
}

/** The profiles’ ways of calling you that want a certificate of yours. */
export const rulesOffered = (providers: readonly ProviderEntry[]): OfferedRules[] =>
  providers.flatMap(({ profile }) =>
    profile.callsYou.flatMap(({ id, name, youSign }) => {
      if (!youSign) return []
      const { request } = youSign
      const rules = { provider: profile.id, callsYou: id }
      return [{ rules, label: `${profile.name}: ${name}`, ...(request && { request }) }]
    }),
  )

/** What a file is called, or what it was signed for before, says whose request it is. */
export function guessRules(
  { name, provider, callsYou }: Pick<OpenedRequest, 'name' | 'provider' | 'callsYou'>,
  offered: readonly OfferedRules[],
): Rules | null {
  const known = offered.find(({ rules }) => rules.provider === provider && rules.callsYou === callsYou)
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).toLowerCase()
  return (known ?? offered.find(({ request }) => request?.toLowerCase() === file))?.rules ?? null
}

/** The points of a plan that want a decision, each once. */
export function consents({ issues, rows }: Pick<ShownPlan, 'issues' | 'rows'>): PlanIssue[] {
  const all = [...issues, ...rows.flatMap((row) => row.issues)].filter(({ needsConsent }) => needsConsent)
  return all.filter((one, at) => all.findIndex(({ code }) => code === one.code) === at)
}

/** One choice more; a part of the name that was added and is left out again is as if it had never been there. */
export function withChoice(
  choices: readonly PlanChoice[],
  field: string,
  choice: Choice,
  value?: string[],
): PlanChoice[] {
  const others = choices.filter((one) => one.field !== field)
  const added = field.startsWith('subject.+')
  return added && choice === 'drop' ? others : [...others, { field, choice, ...(value && { value }) }]
}
