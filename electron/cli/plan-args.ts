import { type Finding, refusesAny } from '../../shared/findings.ts'
import type { SubjectAnswers } from '../../shared/identity.ts'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { type CheckedPlan, checkPlan } from '../../shared/providers/conformance.ts'
import { suggestedSans } from '../../shared/providers/plan.ts'
import { type Environment, type Profile, SubjectFieldName } from '../../shared/providers/profile.ts'
import { ok, type Result } from '../../shared/result.ts'
import { type Arguments, type Option, splitOnce, usageProblem } from './args.ts'
import type { Answer } from './command.ts'
import type { Io } from './io.ts'
import { findingLines, painter, problemJson, problemLines } from './print.ts'

export const planOptions = {
  set: {
    takes: 'NAME=VALUE',
    many: true,
    says: 'an answer to the provider’s question, or a subject field: name=acme, O=Acme',
  },
  san: { takes: 'KIND:VALUE', many: true, says: 'an alternative name: DNS:host, IP:address, email:…, URI:…' },
} satisfies Record<string, Option>

export type Answers = { answers: Record<string, string>; subject: SubjectAnswers }

/** `--set` values, sorted into the provider's questions and the subject's fields. */
export function answersGiven(args: Arguments, profile: Profile | undefined): Result<Answers> {
  const given: Answers = { answers: {}, subject: {} }
  const questions = profile?.questions.map(({ id }) => id) ?? []
  for (const text of args.all('set')) {
    const [name, value] = splitOnce(text, '=')
    const field = SubjectFieldName.safeParse(name)
    if (value === undefined) return usageProblem(`--set takes NAME=VALUE, not “${text}”`)
    if (Object.hasOwn(given.answers, name) || Object.hasOwn(given.subject, name))
      return usageProblem(`--set ${name} is given twice`)
    if (questions.includes(name)) given.answers[name] = value
    else if (field.success) given.subject[field.data] = value
    else {
      const known = [...questions, ...SubjectFieldName.options].join(', ')
      return usageProblem(`--set knows no “${name}” here; it knows ${known}`)
    }
  }
  return ok(given)
}

export function keyGiven(args: Arguments, profile: Profile): Result<KeyAlgorithm> {
  const text = args.one('key') ?? profile.keys.recommended
  const key = KeyAlgorithm.safeParse(text)
  return key.success ? ok(key.data) : usageProblem(`--key is one of ${KeyAlgorithm.options.join(', ')}, not “${text}”`)
}

/** The whole plan, as the wizard would have it. */
export function planGiven(args: Arguments, profile: Profile, environment: Environment): Result<CheckedPlan> {
  const given = answersGiven(args, profile)
  if (!given.ok) return given
  const key = keyGiven(args, profile)
  if (!key.ok) return key
  const subjectAltNames = args.has('san') ? args.all('san') : suggestedSans(profile, given.value)
  return ok({ ...given.value, environment: environment.id, subjectAltNames, key: key.value })
}

export type Judged = { findings: Finding[]; refused: Answer | null }

/** Checks a plan; when the provider would say no, `refused` is the answer to give and nothing may be made. */
export function judgePlan(profile: Profile, plan: CheckedPlan, io: Io): Judged {
  const found = checkPlan(profile, plan)
  const findings = found.map(({ field: _, ...finding }): Finding => finding)
  const refusing = found.filter((finding) => refusesAny([finding]))
  const [first] = refusing
  if (!first) return { findings, refused: null }
  const problem = { code: 'plan.breaks-rules', findings: refusing.length, first: first.message } as const
  return {
    findings,
    refused: {
      exit: 1,
      json: { problem: problemJson(problem), findings },
      text: () => `${problemLines(problem, painter(io))}\n\n${findingLines(findings, painter(io))}`,
    },
  }
}

/** The same code as the inspector's, which would say so of the file. */
export const unencryptedFinding: Finding = {
  code: 'key.unencrypted',
  severity: 'warns',
  message: 'The private key was written without a passphrase: whoever reads the file has the key.',
  next: 'Keep the folder to yourself, or make it again with --passphrase-file.',
}
