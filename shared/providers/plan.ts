import type { Source } from '../findings.ts'
import type { IdentityPlan } from '../identity.ts'
import type { NamePart } from '../pki/facts.ts'
import { readAlternativeName } from './alternative-name.ts'
import { readHostName } from './host-name.ts'
import type { Blank, Environment, FirstCall, Profile, Question, SubjectFieldName, SubjectRule } from './profile.ts'
import { fieldLabels, subjectOrder } from './subject.ts'
import { fill, fillKnown } from './template.ts'

/** Answers of the user by question id, as typed. */
export type Answers = Readonly<Record<string, string>>

/** One line of the wizard's subject form. */
export type SubjectField = {
  field: SubjectFieldName
  /** Plain words; the field's short name goes beside them. */
  label: string
  rule: SubjectRule['rule']
  /** The value that will be used: always for `fixed`, for `derived` once its questions are answered, else a suggestion. */
  value?: string
  /** Not for typing: `fixed` by the provider, or `derived` from an answer. */
  locked: boolean
  hint?: string
  example?: string
  /** What the value has to look like, in words. */
  patternSays?: string
  source?: Source & { key: string }
}

export const environmentOf = (profile: Profile, id: string): Environment | undefined =>
  profile.environments.find((environment) => environment.id === id)

/** May a self-signed certificate be made for this provider? */
export const maySelfSign = (profile: Profile): boolean =>
  profile.signing.by === 'self' || profile.signing.offeredDays !== undefined

/** A source of the profile with its key, as `openPage` takes it. */
export function sourceOf(profile: Profile, key: string | undefined): (Source & { key: string }) | undefined {
  const found = key === undefined || !Object.hasOwn(profile.sources, key) ? undefined : profile.sources[key]
  return found === undefined ? undefined : { key: key!, title: found.title, url: found.url }
}

/** One answer as templates use it: the default where there is none, host names in their ASCII form. */
export function answerTo(question: Question, answers: Answers): string {
  const typed = Object.hasOwn(answers, question.id) ? answers[question.id]! : ''
  const value = typed === '' ? (question.default ?? '') : typed
  if (question.kind !== 'host') return value
  const host = readHostName(value)
  return host.ok && !host.wildcard ? host.ascii : value
}

export function answersFor(profile: Profile, answers: Answers): Record<string, string> {
  return Object.fromEntries(profile.questions.map((question) => [question.id, answerTo(question, answers)]))
}

/** The template of a rule in one environment, if it has any. */
export function templateOf(rule: SubjectRule, environmentId: string): string | undefined {
  if (rule.value === undefined || typeof rule.value === 'string') return rule.value
  return Object.hasOwn(rule.value, environmentId) ? rule.value[environmentId] : undefined
}

/** The fields this provider wants, in the order of its profile. */
export function subjectFields(profile: Profile, environmentId: string, answers: Answers): SubjectField[] {
  const values = answersFor(profile, answers)
  return profile.subject.map((rule) => {
    const template = templateOf(rule, environmentId)
    const value = template === undefined ? undefined : (fill(template, values) ?? undefined)
    return {
      field: rule.field,
      label: fieldLabels[rule.field],
      rule: rule.rule,
      value,
      locked: rule.rule === 'fixed' || rule.rule === 'derived',
      hint: rule.hint,
      example: rule.example,
      patternSays: rule.patternSays,
      source: sourceOf(profile, rule.source),
    }
  })
}

type SubjectPlan = Pick<IdentityPlan, 'environment' | 'answers' | 'subject'>

/**
 * The subject to encode, in encoding order (C ST L O OU CN …), without empty parts. Fixed and derived values come from
 * the profile whatever the plan says; `checkPlan` tells when the two differ.
 */
export function subjectOf(profile: Profile, plan: SubjectPlan): NamePart[] {
  const fields = subjectFields(profile, plan.environment, plan.answers)
  return subjectOrder.flatMap((type) => {
    const field = fields.find((one) => one.field === type)
    const value = field?.locked ? field.value : plan.subject[type]
    return value === undefined || value === '' ? [] : [{ type, value }]
  })
}

/** Alternative names that the profile proposes; those whose questions are open are left out. */
export function suggestedSans(profile: Profile, plan: Pick<IdentityPlan, 'answers'>): string[] {
  const values = answersFor(profile, plan.answers)
  return profile.subjectAltNames.suggest.flatMap((template) => fill(template, values) ?? [])
}

/** The alternative names to encode: host names in ASCII, addresses canonical, each once; entries that are wrong are left out. */
export function sansOf(plan: Pick<IdentityPlan, 'subjectAltNames'>): string[] {
  const normal = plan.subjectAltNames.flatMap((entry) => {
    const name = readAlternativeName(entry)
    return name.ok ? [name.normal] : []
  })
  return [...new Set(normal)]
}

/** The API's host name; `undefined` while an answer it needs is missing, or makes no host name. */
export function hostOf(profile: Profile, environmentId: string, answers: Answers): string | undefined {
  const template = environmentOf(profile, environmentId)?.host
  const filled = template === undefined ? null : fill(template, answersFor(profile, answers))
  if (filled === null) return undefined
  const host = readHostName(filled)
  return host.ok && !host.wildcard ? host.ascii : undefined
}

export type FirstCallPlan = {
  url: string
  method: FirstCall['method']
  headers: { name: string; value: string }[]
  body?: string
  /** To be asked for before the call; they stand as `{id}` in url, headers and body. */
  blanks: Blank[]
  says: string
  source?: Source & { key: string }
}

/**
 * The provider's first call, answers filled in, blanks left standing. `origin` (such as the practice provider's
 * `https://127.0.0.1:40123`) takes the place of the environment's host. `null` when the provider has no first call or
 * its host is not known yet.
 */
export function firstCallOf(
  profile: Profile,
  environmentId: string,
  answers: Answers,
  origin?: string,
): FirstCallPlan | null {
  const call = profile.firstCall
  const environment = environmentOf(profile, environmentId)
  if (call === undefined || environment === undefined) return null
  const host = hostOf(profile, environmentId, answers)
  const base = origin ?? (host && `https://${host}${environment.port === 443 ? '' : `:${environment.port}`}`)
  if (base === undefined) return null
  const values = answersFor(profile, answers)
  return {
    url: base + fillKnown(call.path, values),
    method: call.method,
    headers: call.headers.map(({ name, value }) => ({ name, value: fillKnown(value, values) })),
    body: call.body === undefined ? undefined : fillKnown(call.body, values),
    blanks: call.blanks,
    says: call.says,
    source: sourceOf(profile, call.source),
  }
}
