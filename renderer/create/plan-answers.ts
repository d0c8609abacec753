import type { Draft, IdentityPlan } from '../../shared/identity.ts'
import { checkPlan } from '../../shared/providers/conformance.ts'
import { answerTo, environmentOf, subjectFields, suggestedSans } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { FieldFinding } from '../../shared/providers/subject.ts'

export type StepName = Draft['step']
export type Answered = Draft['plan']

export const steps: readonly StepName[] = ['provider', 'subject', 'key', 'review']

/** The answers as a whole plan: what is still open gets the profile's proposal, or stays empty. */
export function wholePlan(profile: Profile, answered: Answered): IdentityPlan {
  const environment = environmentOf(profile, answered.environment ?? '') ?? profile.environments[0]!
  const answers = answered.answers ?? {}
  const usual = `${profile.name} ${environment.name.toLowerCase()}`
  return {
    provider: profile.id,
    environment: environment.id,
    name: answered.name ?? usual,
    answers: Object.fromEntries(
      profile.questions.flatMap((question) => {
        const answer = answerTo(question, answers)
        return answer === '' ? [] : [[question.id, answers[question.id] || answer]]
      }),
    ),
    subject: answered.subject ?? {},
    subjectAltNames: answered.subjectAltNames ?? suggestedSans(profile, { answers }),
    key: answered.key && profile.keys.allowed.includes(answered.key) ? answered.key : profile.keys.recommended,
    ...(answered.renews ? { renews: answered.renews } : {}),
    ...(answered.renews && answered.sameKey ? { sameKey: true } : {}),
  }
}

/** A plan as it goes out: outer spaces of answers and empty lines of the name list are slips, not answers. */
export function tidied(plan: IdentityPlan): IdentityPlan {
  const trimmed = (values: Record<string, string | undefined>) =>
    Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value?.trim() ? [[key, value.trim()]] : [])))
  return {
    ...plan,
    name: plan.name.trim(),
    answers: trimmed(plan.answers) as IdentityPlan['answers'],
    subject: trimmed(plan.subject) as IdentityPlan['subject'],
    subjectAltNames: plan.subjectAltNames.map((entry) => entry.trim()).filter((entry) => !isOpenName(entry)),
  }
}

/** A line of the name list in which nothing was entered yet. */
const isOpenName = (entry: string): boolean => /^\w*:?\s*$/.test(entry)

/** What the provider would say to the answers, with the lines of the name list as they stand on the screen. */
export function checkAnswered(profile: Profile, plan: IdentityPlan): FieldFinding[] {
  const open = new Set(
    plan.subjectAltNames.flatMap((entry, index) => (isOpenName(entry) ? [`subjectAltNames.${index}`] : [])),
  )
  const findings = checkPlan(profile, { ...tidied(plan), subjectAltNames: plan.subjectAltNames })
  return findings.filter((finding) => !open.has(finding.field ?? ''))
}

/** The profile's own examples as answers, for a first walk with the practice provider. */
export function exampleAnswers(profile: Profile): Answered {
  const environment = profile.environments[0]!
  const answers = Object.fromEntries(
    profile.questions.flatMap((question) => {
      const value = question.default ?? question.example
      return value === undefined || question.optional ? [] : [[question.id, value]]
    }),
  )
  const subject = Object.fromEntries(
    subjectFields(profile, environment.id, answers).flatMap((field) =>
      !field.locked && field.example !== undefined && (field.rule === 'required' || field.field === 'CN')
        ? [[field.field, field.example]]
        : [],
    ),
  )
  return { provider: profile.id, environment: environment.id, name: `Practice ${profile.name}`, answers, subject }
}

/** The step where a finding is to be answered. */
export const stepOf = (finding: FieldFinding): StepName => (finding.field === 'key' ? 'key' : 'subject')

/** What would be refused at this step; a wizard may not go on past it. */
export const refusedAt = (step: StepName, findings: readonly FieldFinding[]): FieldFinding[] =>
  findings.filter((finding) => finding.severity === 'refuses' && stepOf(finding) === step)

/** Names with their kind, as a pasted list may hold them: one a line, or separated by commas or semicolons. */
export function splitNames(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

export const nameKinds = ['DNS', 'IP', 'email', 'URI'] as const
export type NameKind = (typeof nameKinds)[number]

/** An alternative name taken apart: `DNS:api.example.com`. */
export function partsOfName(entry: string): { kind: NameKind; value: string } {
  const at = entry.indexOf(':')
  const kind = nameKinds.find((one) => one.toLowerCase() === entry.slice(0, at).toLowerCase())
  return kind ? { kind, value: entry.slice(at + 1) } : { kind: 'DNS', value: entry }
}

/** The kind a bare name most likely is: an address, a web address, a mail address, else a host name. */
export function likelyKind(value: string): NameKind {
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*\]?$/i.test(value) || /^\d{1,3}(\.\d{1,3}){3}$/.test(value)) return 'IP'
  if (value.includes('://')) return 'URI'
  return value.includes('@') ? 'email' : 'DNS'
}
