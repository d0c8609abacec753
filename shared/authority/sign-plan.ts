import type { Certificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import { keyIdentifier } from '../pki/extension-writer.ts'
import { requestFindings } from '../pki/findings.ts'
import { validityOf } from '../pki/issue.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import type { CertificateRequest } from '../pki/request.ts'
import type { Problem } from '../problems.ts'
import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { askedOf } from './asked.ts'
import type { CertificateContent } from './certificate-content.ts'
import { newSerial } from './certificate-content.ts'
import type { CertificateField } from './certificate-fields.ts'
import { fieldsOfContent } from './certificate-fields.ts'
import { decideExtensions } from './extension-choices.ts'
import type { ExtensionDecision } from './extension-decision.ts'
import { issue } from './plan-issues.ts'
import type { PlanChoice, PlanIssue, PlanRow } from './plan-row.ts'
import { rowsOf } from './plan-rows.ts'
import { proofOf } from './proof.ts'
import { purposesIn } from './purposes.ts'
import { keyProblem } from './request-key.ts'
import { decideSubject, encodeSubject, type PartDecision } from './subject-choices.ts'
import { oids } from './written-extensions.ts'

export const mostDays = 3650
/** Past this a certificate is asked about, where no provider names a time: what public CAs issued at most until 2020. */
const usualMostDays = 825

/** The authority that will sign, as far as a plan needs it. `key` is absent where a service signs. */
export type PlanAuthority = {
  certificate: Certificate
  key?: KeyAlgorithm
  name: string
  defaults: { days: number; crlUrls: readonly string[]; issuerUrls: readonly string[] }
}

/** What a provider's page says of the certificate that it presents to you. */
export type PlanRules = { providerName: string; purposes: readonly string[]; days?: number }

export type PlanInput = {
  request: CertificateRequest
  authority: PlanAuthority
  rules?: PlanRules
  choices: readonly PlanChoice[]
  now: Date
}

/** Between a request and its certificate: what is shown, and the very content that was shown. */
export type SignPlan = {
  rows: PlanRow[]
  /** What is worth telling about the request as a whole. */
  issues: PlanIssue[]
  /** Why nothing can be signed as things stand. */
  blocked: Problem | null
  content: CertificateContent
  /** Everything the certificate will say, read off its octets. */
  fields: CertificateField[]
  days: number
}

/**
 * Plans the certificate for a request. The right side of each row is read off the octets that will be signed, so that a
 * screen cannot show anything else. Refused only where there is nothing to show: a request or an authority that cannot
 * be taken apart.
 */
export async function planSigning(input: PlanInput): Promise<Result<SignPlan>> {
  const { request, authority, rules, choices } = input
  const { certificate } = authority
  const asked = askedOf(request)
  if (!asked) return refuse({ code: 'file.damaged', name: 'the request', what: 'signing request' })
  const parts = decideSubject(asked.parts, choices)
  const subject = encodeSubject(parts)
  const extensions = decideExtensions({
    request,
    asked,
    choices,
    subjectEmpty: isEmpty(subject),
    defaults: {
      purposes: rules?.purposes ?? ['clientAuth'],
      crlUrls: authority.defaults.crlUrls,
      issuerUrls: authority.defaults.issuerUrls,
      authorityKeyId: certificate.facts.subjectKeyIdentifier ?? keyIdentifier(certificate.spki),
    },
  })
  const life = decideLife(input)
  const content: CertificateContent = {
    subject,
    issuer: certificate.subject,
    spki: request.spki,
    serial: newSerial(),
    validity: life.validity,
    extensions: extensions.flatMap(({ written }) => (written ? [written] : [])),
  }
  // Where a service signs, its key is not known beforehand: all else is shown as it is asked for.
  const fields = fieldsOfContent(content, authority.key ?? 'ec-p256')
  if (!fields) return refuse({ code: 'file.damaged', name: 'the request', what: 'signing request' })
  const rows = rowsOf({ request, parts, extensions, life, fields, signs: authority.key !== undefined })
  const wrong = [...parts, ...extensions, life].find((one) => one.wrong !== undefined)
  return ok({
    rows,
    issues: [...generalIssues(request), ...limits(certificate, extensions)],
    blocked: (await unfit(input, subject, extensions)) ?? (wrong ? wrongChoice(rows, wrong) : null),
    content,
    fields,
    days: life.days,
  })
}

const isEmpty = (name: Bytes): boolean => name.length === 2

function wrongChoice(rows: readonly PlanRow[], wrong: PartDecision | ExtensionDecision | Life): Problem {
  const field = 'row' in wrong ? wrong.row : 'oid' in wrong ? `extension.${wrong.oid}` : 'validity'
  const label = rows.find((row) => row.field === field)?.label ?? field
  return { code: 'sign.choice-wrong', field: label, why: wrong.wrong! }
}

export type Life = { days: number; validity: { from: Date; to: Date }; issues: PlanIssue[]; wrong?: string }

/** From five minutes ago, or the authority's beginning, to its end at most. */
function decideLife({ authority, rules, choices, now }: PlanInput): Life {
  const { notBefore = '', notAfter = '' } = authority.certificate.facts
  const within = { from: new Date(notBefore), to: new Date(notAfter) }
  const usual = rules?.days ?? authority.defaults.days
  const typed = choices.findLast(({ field, choice }) => field === 'validity' && choice === 'set')?.value?.[0]
  const days = typed === undefined ? usual : /^\d{1,5}$/.test(typed.trim()) ? Number(typed.trim()) : 0
  const fits = days >= 1 && days <= mostDays
  const wanted = validityOf(now, fits ? days : usual)
  const longest = rules?.days ?? usualMostDays
  const ends = wanted.to > within.to
  const whose = rules?.days === undefined ? '' : ` (${rules.providerName} names ${rules.days})`
  return {
    days,
    validity: { from: wanted.from < within.from ? within.from : wanted.from, to: ends ? within.to : wanted.to },
    issues: [
      ...(fits && days > longest ? [issue('sign.validity-long', `A validity of ${days} days${whose}`)] : []),
      ...(ends ? [issue('sign.ends-with-authority', notAfter.slice(0, 10))] : []),
    ],
    ...(!fits && { wrong: `Days are a whole number from 1 to ${mostDays}.` }),
  }
}

/** Told at the rows, or by a refusal of their own. */
const toldElsewhere = new Set(['request.asks-for-ca', 'request.signature-invalid'])

const generalIssues = (request: CertificateRequest): PlanIssue[] =>
  requestFindings(request)
    .filter(({ code, severity }) => severity !== 'refuses' && !toldElsewhere.has(code))
    .map((finding) => ({ ...finding, needsConsent: false }))

/** Programs read the uses of an authority as those that it may issue for, whatever RFC 5280 says of it. */
function limits({ facts }: Certificate, extensions: readonly ExtensionDecision[]): PlanIssue[] {
  const own = facts.extendedKeyUsage
  if (!own || own.includes('anyExtendedKeyUsage')) return []
  const uses = extensions.find(({ oid }) => oid === oids.extendedKeyUsage)
  const beyond = !uses?.written || purposesIn(uses.written.value).some((use) => !own.includes(use))
  return beyond ? [issue('sign.authority-limited', own.join(', '))] : []
}

/** What no choice and no consent can mend. */
async function unfit(
  { request, authority, now }: PlanInput,
  subject: Bytes,
  extensions: readonly ExtensionDecision[],
): Promise<Problem | null> {
  const { notBefore, notAfter, isCa, keyUsage, spkiSha256 } = authority.certificate.facts
  if (!isCa || !notBefore || !notAfter || (keyUsage && !keyUsage.includes('keyCertSign'))) {
    return { code: 'issue.authority-unfit' }
  }
  if (now < new Date(notBefore) || now >= new Date(notAfter)) return { code: 'issue.authority-over', notAfter }
  const weak = keyProblem(request)
  if (weak) return weak
  if (request.publicKey.facts.spkiSha256 === spkiSha256) return { code: 'sign.own-key', name: authority.name }
  const proof = await proofOf(request)
  if (proof.proven === null) return { code: 'issue.signature-unknown', algorithm: request.algorithm.name }
  if (!proof.proven) return { code: 'sign.unproven', why: proof.why ?? '' }
  const named = extensions.some(({ oid, written }) => oid === oids.subjectAltName && written)
  return isEmpty(subject) && !named ? { code: 'issue.nobody-named' } : null
}

/** The points that want a decision: of the request, and of each row. */
export const consentsOf = ({ rows, issues }: Pick<SignPlan, 'rows' | 'issues'>): PlanIssue[] =>
  [...issues, ...rows.flatMap((row) => row.issues)].filter(({ needsConsent }) => needsConsent)
