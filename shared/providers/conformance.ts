import type { Finding } from '../findings.ts'
import type { IdentityPlan } from '../identity.ts'
import type { Facts } from '../pki/facts.ts'
import { readAlternativeName } from './alternative-name.ts'
import type { CheckedCertificate } from './certificate-rules.ts'
import { checkReturned } from './certificate-rules.ts'
import { readHostName } from './host-name.ts'
import { checkKey, checkPlannedKey } from './key-rules.ts'
import { matchesPattern } from './pattern.ts'
import { answerTo, environmentOf, hostOf, sourceOf, subjectFields, subjectOf } from './plan.ts'
import type { Profile, SubjectFieldName } from './profile.ts'
import type { FieldFinding } from './subject.ts'
import { fieldLabels, subjectOrder } from './subject.ts'
import type { SubjectValues } from './subject-rules.ts'
import { checkSubject } from './subject-rules.ts'

/** The part of a plan that a provider has rules about. */
export type CheckedPlan = Pick<IdentityPlan, 'environment' | 'answers' | 'subject' | 'subjectAltNames' | 'key'>

/**
 * What the provider would say to a plan, before anything is made. `field` names the answer: `CN`, `answers.<question>`,
 * `subjectAltNames.<index>`, `key` or `environment`. A plan without a finding that `refuses` makes a request that
 * `checkRequest` does not refuse either.
 */
export function checkPlan(profile: Profile, plan: CheckedPlan): FieldFinding[] {
  if (environmentOf(profile, plan.environment) === undefined)
    return [
      {
        field: 'environment',
        code: 'plan.environment-unknown',
        severity: 'refuses',
        message: `${profile.name} has no environment “${plan.environment}”.`,
        next: `Choose ${profile.environments.map((one) => one.name).join(' or ')}.`,
      },
    ]
  const answers = checkAnswers(profile, plan)
  const open = new Set(answers.filter((one) => one.severity === 'refuses').map((one) => one.field))
  const values: SubjectValues = {}
  for (const { type, value } of subjectOf(profile, plan)) values[type as SubjectFieldName] = [value]
  // A derived name that waits for an answer is told once, at the question.
  const derived = new Set(
    profile.subject.filter((rule) => rule.rule === 'derived' && open.size > 0).map((rule) => rule.field),
  )
  const subject = checkSubject(profile, plan.environment, values).filter(
    (finding) => !derived.has(finding.field as SubjectFieldName),
  )
  return [
    ...answers,
    ...checkLocked(profile, plan),
    ...subject,
    ...checkSans(profile, plan),
    ...checkPlannedKey(profile, plan.key).map((finding) => ({ ...finding, field: 'key' })),
  ]
}

function checkAnswers(profile: Profile, plan: CheckedPlan): FieldFinding[] {
  const findings: FieldFinding[] = []
  for (const question of profile.questions) {
    const source = sourceOf(profile, question.source)
    const says = (code: string, message: string, next: string) =>
      findings.push({
        field: `answers.${question.id}`,
        code,
        severity: 'refuses',
        message,
        next,
        source: source && { title: source.title, url: source.url },
      })
    const typed = plan.answers[question.id] ?? ''
    const value = answerTo(question, plan.answers)
    if (value === '') {
      if (question.optional !== true)
        says(
          'answer.missing',
          `${question.label} is missing.`,
          question.example === undefined ? 'Fill it in.' : `Fill it in, such as “${question.example}”.`,
        )
      continue
    }
    if (question.kind === 'host') {
      const host = readHostName(typed === '' ? value : typed)
      if (!host.ok) {
        says('answer.host', `${question.label} ${host.fault}.`, host.next)
        continue
      }
    }
    if (!matchesPattern(question.pattern, value))
      says(
        'answer.pattern',
        `${question.label}: “${value.slice(0, 80)}” is not ${question.patternSays}.`,
        question.example === undefined ? 'Check the spelling.' : `Enter something like “${question.example}”.`,
      )
  }
  if (findings.length === 0 && environmentOf(profile, plan.environment)?.host !== undefined) {
    const needed = profile.questions.every((one) => one.optional !== true || answerTo(one, plan.answers) !== '')
    if (needed && hostOf(profile, plan.environment, plan.answers) === undefined)
      findings.push({
        field: profile.questions[0] === undefined ? 'environment' : `answers.${profile.questions[0].id}`,
        code: 'answer.host',
        severity: 'refuses',
        message: 'The answers do not make a valid host name.',
        next: 'Shorten them: a part between two dots has 63 characters at most.',
      })
  }
  return findings
}

/** Values typed (or scripted) for fields that are not free, when they differ from what will be used. */
function checkLocked(profile: Profile, plan: CheckedPlan): FieldFinding[] {
  return subjectFields(profile, plan.environment, plan.answers).flatMap((field): FieldFinding[] => {
    const typed = plan.subject[field.field] ?? ''
    if (!field.locked || typed === '' || field.value === undefined || typed === field.value) return []
    return [
      {
        field: field.field,
        code: field.rule === 'fixed' ? 'subject.fixed-differs' : 'subject.derived-differs',
        severity: 'refuses',
        message: `${fieldLabels[field.field]} (${field.field}) is “${field.value}” at ${profile.name}, not “${typed.slice(0, 80)}”.`,
        next:
          field.rule === 'fixed'
            ? `Leave it at “${field.value}”.`
            : 'Leave it out: it follows from the answers above it.',
        source: field.source && { title: field.source.title, url: field.source.url },
      },
    ]
  })
}

function checkSans(profile: Profile, plan: CheckedPlan): FieldFinding[] {
  const findings: FieldFinding[] = []
  const seen = new Set<string>()
  for (const [index, entry] of plan.subjectAltNames.entries()) {
    const field = `subjectAltNames.${index}`
    const name = readAlternativeName(entry)
    findings.push(...name.findings.map((finding) => ({ ...finding, field })))
    if (!name.ok) continue
    if (seen.has(name.normal))
      findings.push({
        field,
        code: 'san.repeated',
        severity: 'notes',
        message: `${name.normal} is in the list twice; it is used once.`,
      })
    seen.add(name.normal)
  }
  if (seen.size > 0 && !profile.subjectAltNames.allowed) {
    const source = sourceOf(profile, profile.subjectAltNames.source)
    findings.push({
      field: 'subjectAltNames.0',
      code: 'san.not-allowed',
      severity: 'refuses',
      message: `${profile.name} takes no alternative names.`,
      next: 'Remove them from the list.',
      source: source && { title: source.title, url: source.url },
    })
  }
  return findings
}

/** The values of a name by attribute, for the attributes that profiles know. */
export function subjectValues(facts: Facts): SubjectValues {
  const values: SubjectValues = {}
  for (const field of subjectOrder) {
    const list = (facts.subjectParts ?? []).filter((part) => part.type === field).map((part) => part.value)
    if (list.length > 0) values[field] = list
  }
  return values
}

/** What the provider would say to a request (CSR). `facts` as the reader gives them. */
export function checkRequest(profile: Profile, environmentId: string, facts: Facts): Finding[] {
  const findings: Finding[] = []
  if (facts.signatureValid === false)
    findings.push({
      code: 'request.signature-wrong',
      severity: 'refuses',
      message: 'The request’s own signature does not verify: it was altered, or not made with its key.',
      next: 'Make a new request.',
      source: { title: 'RFC 2986, section 4.2', url: 'https://www.rfc-editor.org/rfc/rfc2986#section-4.2' },
    })
  findings.push(
    ...checkSubject(profile, environmentId, subjectValues(facts)).map(({ field: _, ...finding }) => finding),
  )
  findings.push(...checkKey(profile, facts))
  const names = (facts.subjectAltNames ?? []).filter((name) => /^(DNS|IP|email|URI):/.test(name))
  for (const name of names)
    findings.push(...readAlternativeName(name).findings.filter((one) => one.severity !== 'notes'))
  if (names.length > 0 && !profile.subjectAltNames.allowed)
    findings.push({
      code: 'san.not-allowed',
      severity: 'refuses',
      message: `${profile.name} takes no alternative names.`,
      next: 'Make a new request without them.',
    })
  if (facts.isCa === true)
    findings.push({
      code: 'request.asks-for-authority',
      severity: 'warns',
      message: 'The request asks for the right to issue certificates (CA).',
      next: 'Make a new request without basicConstraints CA:TRUE.',
    })
  return findings
}

/** What the provider's server would say to this certificate, and how it differs from what was asked for. */
export function checkCertificate(profile: Profile, environmentId: string, certificate: CheckedCertificate): Finding[] {
  const rules = checkSubject(profile, environmentId, subjectValues(certificate.facts))
    .filter((finding) => finding.code !== 'subject.not-asked')
    .map(
      ({ field: _, ...finding }): Finding => ({
        ...finding,
        // Who signs may write the name anew, so a name that breaks the rules is odd, but proves nothing.
        severity: finding.severity === 'refuses' ? 'warns' : finding.severity,
      }),
    )
  return [...checkReturned(profile, certificate), ...rules, ...checkKey(profile, certificate.facts)]
}
