import type { IdentityPlan } from '../identity.ts'
import type { Facts, NamePart } from '../pki/facts.ts'
import { keyWords, spacedHex } from '../pki/key-words.ts'
import { partOf } from '../pki/names.ts'
import { fillCall } from '../providers/filled-call.ts'
import type { HandoverBlank, HandoverStep, Message } from '../providers/handing-over.ts'
import { answersFor, environmentOf, hostOf } from '../providers/plan.ts'
import type { Profile } from '../providers/profile.ts'
import { fillKnown } from '../providers/template.ts'
import { visibleText } from '../visible-text.ts'
import { curlWithSecrets } from './curl-secrets.ts'
import { variableOf } from './snippet.ts'

/** The public side of an identity: all that its texts are filled from, so that no secret can get into one. */
export type HandedIdentity = {
  plan: Pick<IdentityPlan, 'environment' | 'name' | 'answers'>
  requestPem?: string
  requestFacts?: Facts
  certificatePem?: string
  certificateFacts?: Facts
}

/** What stands for a fact that is not known yet: like all brackets, for a person to complete. */
const unknown: Record<HandoverBlank, string> = {
  providerName: '[provider]',
  environmentName: '[environment]',
  identityName: '[name]',
  commonName: '[common name]',
  subject: '[subject]',
  keyKind: '[key]',
  requestPem: '[the request, PEM]\n',
  requestKey: '[SHA-256 of the public key]',
  certificatePem: '[the certificate, PEM]\n',
  fingerprint: '[SHA-256 of the certificate]',
  serialNumber: '[serial number]',
  validUntil: '[date]',
  apiHost: '[host]',
}

/** A name as people write it, without the escapes of RFC 2253 for what is not ASCII. */
export const nameText = (parts: readonly NamePart[] | undefined): string | undefined =>
  parts?.map(({ type, value }) => `${type}=${value}`).join(', ')

const subjectText = ({ subject, subjectParts }: Facts) => nameText(subjectParts) ?? subject

/** A provider in the middle of a sentence. */
const calledIn = ({ id, name }: Profile) => (id === 'other' ? 'the provider' : name)

const spaced = (hex: string | undefined) => (hex === undefined ? undefined : spacedHex(hex))

/** Every blank that a text of this hand-over may name, with its value. */
export function blanksFor(profile: Profile, identity: HandedIdentity): Record<string, string> {
  const { plan, requestPem, requestFacts, certificatePem, certificateFacts } = identity
  const facts = certificateFacts ?? requestFacts ?? {}
  const known: Partial<Record<HandoverBlank, string>> = {
    providerName: calledIn(profile),
    environmentName: environmentOf(profile, plan.environment)?.name,
    identityName: plan.name,
    commonName: partOf(facts.subjectParts, 'CN'),
    subject: subjectText(facts),
    keyKind: keyWords(facts),
    requestPem,
    requestKey: spaced(requestFacts?.spkiSha256),
    certificatePem,
    fingerprint: spaced(certificateFacts?.sha256),
    serialNumber: certificateFacts?.serialHex,
    validUntil: certificateFacts?.notAfter?.slice(0, 10),
    apiHost: hostOf(profile, plan.environment, plan.answers),
  }
  const given = Object.entries(known)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value = '']) => [name, name.endsWith('Pem') ? value : visibleText(value)])
  return { ...answersFor(profile, plan.answers), ...unknown, ...Object.fromEntries(given) }
}

/** A step with its words filled in. */
export function filledStep(step: HandoverStep, values: Readonly<Record<string, string>>): HandoverStep {
  const fill = (text: string) => fillKnown(text, values)
  return {
    ...step,
    title: fill(step.title),
    ...(step.says !== undefined && { says: fill(step.says) }),
    ...(step.message && { message: filledMessage(step.message, fill) }),
  }
}

const filledMessage = ({ to, subject, body }: Message, fill: (text: string) => string): Message => ({
  to: fill(to),
  subject: fill(subject),
  body: fill(body),
})

/** The message as one text for the clipboard. */
export const messageText = ({ to, subject, body }: Message): string => `To: ${to}\nSubject: ${subject}\n\n${body}`

export type PreparedCall = {
  method: string
  url: string
  headers: { name: string; value: string }[]
  /** Exactly what is sent. */
  body?: string
  /** The same for a POSIX shell; secrets come from the environment, on standard input of curl. */
  curl: string
  /** What to put into the environment before, with what it is. */
  variables: { name: string; label: string }[]
  says?: string
}

/**
 * The request of a step as it goes out, all but its secrets filled in. `null` where the step has none, the host is not
 * known, or what it hands in is not there yet.
 */
export function preparedCall(step: HandoverStep, profile: Profile, identity: HandedIdentity): PreparedCall | null {
  const { request } = step
  const environment = environmentOf(profile, identity.plan.environment)
  const host = hostOf(profile, identity.plan.environment, identity.plan.answers)
  if (!request || !environment || host === undefined) return null
  if (step.gives.includes('certificate') && identity.certificatePem === undefined) return null
  const port = request.port ?? environment.port
  const url = `https://${host}${port === 443 ? '' : `:${port}`}${request.path}`
  const call = fillCall({ url, headers: request.headers, body: request.body }, blanksFor(profile, identity))
  const blanks = request.blanks.map(({ id }) => id)
  return {
    method: request.method,
    url: call.url,
    headers: call.headers,
    ...(call.body !== undefined && { body: call.body }),
    curl: curlWithSecrets({ ...call, method: request.method, basic: request.basic, blanks, files: null }),
    variables: request.blanks.map(({ id, label }) => ({ name: variableOf(id), label })),
    ...(request.says !== undefined && { says: fillKnown(request.says, blanksFor(profile, identity)) }),
  }
}
