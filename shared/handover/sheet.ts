import { daysLeft } from '../expiry/lifeline.ts'
import type { Facts } from '../pki/facts.ts'
import { keyWords, spacedHex } from '../pki/key-words.ts'
import { environmentOf, firstCallOf, hostOf } from '../providers/plan.ts'
import type { Profile } from '../providers/profile.ts'
import { dayOf } from '../renewal/renewal.ts'
import { visibleText } from '../visible-text.ts'
import { type CheckItem, progressOf } from './checklist.ts'
import { blanksFor, filledStep, type HandedIdentity, nameText } from './hand-texts.ts'

/** An onboarding sheet as data, to be printed as HTML (and from that PDF) or Markdown. Dates are ISO. */
export type Sheet = {
  title: string
  name: string
  /** Provider and environment. */
  where: string
  state: string
  madeOn: string
  /** The whole fingerprint in groups, for the foot of every page; of the public key while there is no certificate. */
  fingerprint: string
  parts: SheetPart[]
}

export type SheetPart = {
  title: string
  says?: string
  rows?: SheetRow[]
  steps?: SheetStep[]
}
export type SheetRow = { label: string; values: string[]; form?: 'mono' | 'fingerprint' }
export type SheetStep = { title: string; state: 'done' | 'open' | 'not needed'; day?: string; to?: string }

export type SheetSource = {
  profile: Profile
  identity: HandedIdentity & { issuers?: readonly Facts[]; practice?: boolean }
  items: readonly CheckItem[]
  /** Where the private key is, in a sentence. */
  key: string
  now: Date
}

/** Everything that colleagues and auditors ask about an identity, and nothing that would let them act as it. */
export function sheetOf({ profile, identity, items, key, now }: SheetSource): Sheet {
  const { plan, certificateFacts, requestFacts } = identity
  const environment = environmentOf(profile, plan.environment)
  const sha256 = certificateFacts?.sha256 ?? requestFacts?.spkiSha256 ?? ''
  return {
    title: `Onboarding sheet: ${visibleText(plan.name)}`,
    name: visibleText(plan.name),
    where: `${profile.name}, ${environment?.name ?? plan.environment}`,
    state: stateOf(identity, now),
    madeOn: dayOf(now),
    fingerprint: spacedHex(sha256),
    parts: [
      certificateFacts ? certificatePart(certificateFacts) : requestPart(requestFacts ?? {}),
      ...issuerParts(identity.issuers ?? []),
      whereUsedPart(profile, identity),
      ...stepParts(profile, identity, items),
      contactPart(profile),
      { title: 'Private key', says: `${key} It is not on this sheet, and no passphrase, key or token of an API is.` },
    ].filter(({ rows, steps, says }) => says !== undefined || rows?.length || steps?.length),
  }
}

function stateOf({ certificateFacts, practice }: SheetSource['identity'], now: Date): string {
  if (!certificateFacts?.notAfter) return 'waiting for its certificate'
  const left = daysLeft(certificateFacts.notAfter, now)
  const until = certificateFacts.notAfter.slice(0, 10)
  const what = practice ? 'practice certificate, ' : ''
  return left < 0
    ? `${what}expired on ${until}`
    : `${what}valid until ${until}, ${left} ${left === 1 ? 'day' : 'days'} left`
}

const row = (label: string, value: string | string[] | undefined, form?: SheetRow['form']): SheetRow[] => {
  const given = (Array.isArray(value) ? value : [value]).filter((one): one is string => !!one)
  const values = given.map(visibleText)
  return values.length > 0 ? [{ label, values, ...(form && { form }) }] : []
}

const hex = (label: string, value: string | undefined) => row(label, value && spacedHex(value), 'fingerprint')
/** ISO with its time, which decides on the last day: `2027-03-01 12:00:00 UTC`. */
const moment = (iso: string | undefined) => iso && `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`

const certificatePart = (facts: Facts): SheetPart => ({
  title: 'Certificate',
  rows: [
    ...row('Subject', nameText(facts.subjectParts) ?? facts.subject, 'mono'),
    ...row('Other names', facts.subjectAltNames, 'mono'),
    ...row(
      'Issuer',
      facts.selfSigned ? 'itself (self-signed)' : (nameText(facts.issuerParts) ?? facts.issuer),
      facts.selfSigned ? undefined : 'mono',
    ),
    ...row('Serial number', facts.serialHex, 'mono'),
    ...row('Valid from', moment(facts.notBefore)),
    ...row('Valid until', moment(facts.notAfter)),
    ...row('Key', keyWords(facts)),
    ...row('Signed with', facts.signatureAlgorithm),
    ...row('For', facts.extendedKeyUsage, 'mono'),
    ...hex('SHA-256 of the certificate', facts.sha256),
    ...hex('SHA-256 of the public key', facts.spkiSha256),
  ],
})

const requestPart = (facts: Facts): SheetPart => ({
  title: 'Signing request (CSR)',
  rows: [
    ...row('Subject', nameText(facts.subjectParts) ?? facts.subject, 'mono'),
    ...row('Other names', facts.subjectAltNames, 'mono'),
    ...row('Key', keyWords(facts)),
    ...row('Signed with', facts.signatureAlgorithm),
    ...hex('SHA-256 of the public key', facts.spkiSha256),
  ],
})

const issuerParts = (issuers: readonly Facts[]): SheetPart[] =>
  issuers.map((facts, i) => ({
    title: issuers.length === 1 ? 'Issuer' : `Issuer ${i + 1} of ${issuers.length}`,
    rows: [
      ...row('Subject', nameText(facts.subjectParts) ?? facts.subject, 'mono'),
      ...row('Valid until', moment(facts.notAfter)),
      ...hex('SHA-256', facts.sha256),
    ],
  }))

function whereUsedPart(profile: Profile, { plan }: HandedIdentity): SheetPart {
  const environment = environmentOf(profile, plan.environment)
  const host = hostOf(profile, plan.environment, plan.answers)
  const call = firstCallOf(profile, plan.environment, plan.answers)
  return {
    title: 'Where it is used',
    rows: [
      ...row('Address', host && `${host}, port ${environment?.port ?? 443}`, 'mono'),
      ...row('First call', call ? `${call.method} ${call.url}` : undefined, 'mono'),
      ...row('Addresses to let out', environment?.allowList, 'mono'),
      ...row('Note', environment?.note),
      ...row('Active at a time', profile.signing.maxActive ? `${profile.signing.maxActive} certificates` : undefined),
      ...row('Renewal', [`${profile.renewal.remindDays} days before it expires`, profile.renewal.says ?? '']),
    ],
  }
}

function stepParts(profile: Profile, identity: HandedIdentity, items: readonly CheckItem[]): SheetPart[] {
  const values = blanksFor(profile, identity)
  const provider = values.providerName ?? profile.name
  const titles = { 'you-call': `Steps: you call ${provider}`, 'calls-you': `Steps: ${provider} calls you` }
  return (['you-call', 'calls-you'] as const).flatMap((direction) => {
    const own = items.filter(({ step }) => step.direction === direction)
    if (own.length === 0) return []
    const { done, of } = progressOf(own)
    const steps = own.map(({ step, state, on, to }): SheetStep => {
      const told = state === 'done' || state === 'skipped'
      return {
        title: filledStep(step, values).title,
        state: state === 'skipped' ? 'not needed' : told ? 'done' : 'open',
        ...(told && on && { day: on.length > 10 ? dayOf(new Date(on)) : on }),
        ...(to && { to }),
      }
    })
    return [{ title: titles[direction], says: `${done} of ${of} done.`, steps }]
  })
}

function contactPart(profile: Profile): SheetPart {
  const contacts = profile.handover?.contacts ?? []
  const pages = Object.values(profile.sources).map(({ title, url }) => ({ label: title, values: [url] }))
  return {
    title: 'Contacts and pages',
    rows: [
      ...contacts.flatMap(({ name, email, says }) => row(name, [email ?? '', says ?? ''])),
      ...row('Who signs', profile.signing.who),
      ...pages,
    ],
  }
}
