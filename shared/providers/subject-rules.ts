import { matchesPattern } from './pattern.ts'
import { environmentOf, sourceOf, templateOf } from './plan.ts'
import type { Profile, Question, SubjectFieldName, SubjectRule } from './profile.ts'
import type { FieldFinding } from './subject.ts'
import { checkSubjectValue, fieldLabels, subjectOrder } from './subject.ts'
import { templatePattern } from './template.ts'

/** Subject values by attribute. A request may hold an attribute several times; a plan holds each once. */
export type SubjectValues = Partial<Record<SubjectFieldName, readonly string[]>>

const named = (field: SubjectFieldName) => `${fieldLabels[field]} (${field})`

/** A finding whose code the provider documents as a refusal points to that page, others to the page of their rule. */
const cite = (profile: Profile, code: string, key: string | undefined) => {
  const source = sourceOf(profile, profile.refusals.find((refusal) => refusal.code === code)?.source ?? key)
  return source && { title: source.title, url: source.url }
}

/** The values of a subject against the provider's rules and against what X.509 can carry. */
export function checkSubject(profile: Profile, environmentId: string, values: SubjectValues): FieldFinding[] {
  const findings: FieldFinding[] = []
  const given = (field: SubjectFieldName) => (values[field] ?? []).filter((value) => value !== '')
  for (const rule of profile.subject) {
    const list = given(rule.field)
    if (list.length === 0) {
      if (rule.rule !== 'optional') findings.push(missing(profile, rule))
      continue
    }
    for (const value of list) findings.push(...checkRule(profile, environmentId, rule, value))
  }
  for (const field of subjectOrder) {
    const rule = profile.subject.find((one) => one.field === field)
    for (const value of given(field)) findings.push(...encodable(rule, field, value))
    if (rule === undefined && given(field).length > 0 && profile.subject.length > 0)
      findings.push({
        field,
        code: 'subject.not-asked',
        severity: 'notes',
        message: `${profile.name} does not ask for ${fieldLabels[field].toLowerCase()} (${field}).`,
        next: 'Leave it out, unless the provider told you otherwise.',
      })
  }
  if (subjectOrder.every((field) => given(field).length === 0))
    findings.push({
      field: 'CN',
      code: 'subject.empty',
      severity: 'refuses',
      message: 'The subject is empty: the certificate would name nobody.',
      next: 'Fill in at least the common name (CN).',
      source: {
        title: 'RFC 5280, section 4.1.2.4 (issuer)',
        url: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4',
      },
    })
  return findings
}

/** Generic faults; a country code that merely is unusual stops nothing where the provider has no rule about it. */
function encodable(rule: SubjectRule | undefined, field: SubjectFieldName, value: string): FieldFinding[] {
  return checkSubjectValue(field, value).map((finding) =>
    finding.code === 'subject.country' && rule?.source === undefined && /^[A-Za-z]{2}$/.test(value)
      ? { ...finding, severity: 'warns' }
      : finding,
  )
}

function missing(profile: Profile, rule: SubjectRule): FieldFinding {
  return {
    field: rule.field,
    code: 'subject.missing',
    severity: 'refuses',
    message: `${named(rule.field)} is missing; ${profile.name} requires it.`,
    next: rule.example === undefined ? 'Fill it in.' : `Fill it in, such as “${rule.example}”.`,
    source: cite(profile, 'subject.missing', rule.source),
  }
}

function checkRule(profile: Profile, environmentId: string, rule: SubjectRule, value: string): FieldFinding[] {
  const { field } = rule
  const template = templateOf(rule, environmentId)
  const differs = (code: string, message: string, next: string): FieldFinding[] => [
    { field, code, severity: 'refuses', message, next, source: cite(profile, code, rule.source) },
  ]
  if (rule.rule === 'fixed' && template !== undefined && value !== template)
    return differs(
      'subject.fixed-differs',
      `${named(field)} is “${shown(value)}”; ${profile.name} prescribes “${template}”.`,
      `Use exactly “${template}”, capitals and spaces included.`,
    )
  if (rule.rule === 'derived' && template !== undefined) {
    const expected = templatePattern(template, (name) => questionPattern(profile, name))
    if (!matchesPattern(expected, value)) {
      const other = environmentMeant(profile, rule, environmentId, value)
      return differs(
        'subject.pattern',
        other === undefined
          ? `${named(field)} is “${shown(value)}”; ${profile.name} wants ${wanted(profile, template)}.`
          : `${named(field)} is “${shown(value)}”, the name for ${other}; ${environmentOf(profile, environmentId)?.name ?? environmentId} wants ${wanted(profile, template)}.`,
        other === undefined
          ? 'Make a new request with that name.'
          : 'Make a new request for the environment that you want to call.',
      )
    }
  }
  if (rule.pattern !== undefined && !matchesPattern(rule.pattern, value))
    return differs(
      'subject.pattern',
      `${named(field)} is “${shown(value)}”, which is not ${rule.patternSays ?? 'of the form the provider asks for'}.`,
      rule.example === undefined ? 'Check the spelling.' : `Enter something like “${rule.example}”.`,
    )
  return []
}

const shown = (value: string) => (value.length > 100 ? `${value.slice(0, 97)}…` : value)

/** A template in words: `api-mtls.<name>.truv.com`; one that is all blank by what its question asks for. */
function wanted(profile: Profile, template: string): string {
  const only = /^\{(\w+)\}$/.exec(template)
  const spelt = template.replace(/\{(\w+)\}/g, '<$1>')
  return only === null ? spelt : (question(profile, only[1]!)?.patternSays ?? spelt)
}

const question = (profile: Profile, id: string): Question | undefined => profile.questions.find((one) => one.id === id)

const questionPattern = (profile: Profile, id: string) => question(profile, id)?.pattern ?? '.+'

/** The name of another environment whose value this is: a staging request taken to the live system. */
function environmentMeant(profile: Profile, rule: SubjectRule, not: string, value: string): string | undefined {
  return profile.environments.find((environment) => {
    const template = environment.id === not ? undefined : templateOf(rule, environment.id)
    if (template === undefined || template === templateOf(rule, not)) return false
    return matchesPattern(
      templatePattern(template, (name) => questionPattern(profile, name)),
      value,
    )
  })?.name
}
