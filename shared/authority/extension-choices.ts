import type { NewExtension } from '../pki/extension-writer.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyIdentifier,
  subjectAltName,
  subjectKeyIdentifier,
} from '../pki/extension-writer.ts'
import type { CertificateRequest } from '../pki/request.ts'
import type { Asked, AskedExtension } from './asked.ts'
import type { ExtensionDecision } from './extension-decision.ts'
import { otherDecision } from './other-extensions.ts'
import { issue } from './plan-issues.ts'
import type { Choice, PlanChoice, PlanIssue } from './plan-row.ts'
import { leftOutPurposes, purposeIssues, purposeOid, purposesAsked, purposesToSet } from './purposes.ts'
import {
  crlDistributionPointsOf,
  extendedKeyUsageOf,
  isAddress,
  isPlainName,
  issuerAddressesOf,
  keyUsageOf,
  oids,
} from './written-extensions.ts'

/** What the authority says where nobody chose. */
export type ExtensionDefaults = {
  /** `clientAuth`, `serverAuth`. */
  purposes: readonly string[]
  crlUrls: readonly string[]
  issuerUrls: readonly string[]
  authorityKeyId: string
}

type Setting = {
  request: CertificateRequest
  asked: Asked
  defaults: ExtensionDefaults
  choices: readonly PlanChoice[]
  subjectEmpty: boolean
}

/** What is not to be chosen, and what it is. */
const fixed = (extension: NewExtension, asked: AskedExtension | undefined, issues: PlanIssue[]): ExtensionDecision => ({
  oid: extension.oid,
  ...(asked && { asked }),
  choice: 'set',
  offers: ['set'],
  edit: 'none',
  set: [],
  written: extension,
  issues,
})

/** Every extension that the certificate will have or that is asked for, in the order of the certificate. */
export function decideExtensions(setting: Setting): ExtensionDecision[] {
  const { request, asked, defaults } = setting
  const of = (oid: string) => asked.extensions.find((one) => one.oid === oid)
  const purposes = decidePurposes(setting, of(oids.extendedKeyUsage))
  const own = new Set<string>(Object.values(oids))
  const others = asked.extensions.filter(({ oid }, at) => {
    return !own.has(oid) && asked.extensions.findIndex((one) => one.oid === oid) === at
  })
  const ca = request.facts.isCa === true
  return [
    fixed(basicConstraints(false), of(oids.basicConstraints), ca ? [issue('sign.asks-authority', 'certificate')] : []),
    decideUsages(setting, of(oids.keyUsage), purposes.set),
    purposes.decision,
    fixed(subjectKeyIdentifier(keyIdentifier(request.spki)), of(oids.subjectKeyIdentifier), []),
    fixed(authorityKeyIdentifier(defaults.authorityKeyId), of(oids.authorityKeyIdentifier), []),
    decideNames(setting, of(oids.subjectAltName)),
    decideAddresses(setting, of(oids.crlDistributionPoints), oids.crlDistributionPoints),
    decideAddresses(setting, of(oids.authorityInfoAccess), oids.authorityInfoAccess),
    ...others.map((extension) => otherDecision(extension, choiceOf(setting, extension.oid))),
  ]
}

const choiceOf = ({ choices }: Setting, oid: string): PlanChoice | undefined =>
  choices.findLast(({ field }) => field === `extension.${oid}`)

const usable = (asked: AskedExtension | undefined): boolean => asked !== undefined && !asked.twice && !asked.malformed

/** The chosen one, where it is on offer. */
const chosen = (wish: PlanChoice | undefined, offers: readonly Choice[], usual: Choice): Choice =>
  wish && offers.includes(wish.choice) ? wish.choice : usual

function decidePurposes(setting: Setting, asked: AskedExtension | undefined) {
  const { defaults } = setting
  const wish = choiceOf(setting, oids.extendedKeyUsage)
  const named = usable(asked) ? purposesAsked(asked!) : []
  const takeable = named.filter((purpose) => !leftOutPurposes.has(purpose))
  const offers: Choice[] = takeable.length > 0 ? ['take', 'drop', 'set'] : ['drop', 'set']
  const choice = chosen(wish, offers, 'set')
  const set = purposesToSet(wish?.value ?? defaults.purposes)
  const wanted = choice === 'take' ? takeable : choice === 'set' ? set.map(purposeOid) : []
  const empty = choice === 'set' && set.length === 0
  const decision: ExtensionDecision = {
    oid: oids.extendedKeyUsage,
    ...(asked && { asked }),
    choice,
    offers,
    edit: 'uses',
    set,
    ...(wanted.length > 0 && { written: extendedKeyUsageOf(wanted) }),
    issues: purposeIssues({ wanted, expected: defaults.purposes, asked: named, choice }),
    ...(empty && { wrong: 'No use is chosen. Choose one, or leave the extension out.' }),
  }
  return { decision, set: wanted }
}

/** Bits that the certificate of somebody who is no authority may have, by what the key can do. */
function usagesFor(keyAlgorithm: string | undefined): string[] {
  if (keyAlgorithm === 'RSA') return ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment']
  return keyAlgorithm === 'EC'
    ? ['digitalSignature', 'nonRepudiation', 'keyAgreement']
    : ['digitalSignature', 'nonRepudiation']
}

function decideUsages(
  setting: Setting,
  asked: AskedExtension | undefined,
  purposes: readonly string[],
): ExtensionDecision {
  const { facts, publicKey } = setting.request
  const wish = choiceOf(setting, oids.keyUsage)
  const type = publicKey.facts.keyAlgorithm
  const allowed = usagesFor(type)
  const named = usable(asked) ? (facts.keyUsage ?? []) : []
  const takeable = allowed.filter((usage) => named.includes(usage))
  const offers: Choice[] = takeable.length > 0 ? ['take', 'drop', 'set'] : ['drop', 'set']
  const choice = chosen(wish, offers, 'set')
  // RSA key transport of TLS 1.2 needs its own bit at a server; all else signs.
  const transports = type === 'RSA' && purposes.includes(purposeOid('serverAuth'))
  const usual = transports ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature']
  const set = wish?.value ? allowed.filter((usage) => wish.value?.includes(usage)) : usual
  const wanted = choice === 'take' ? takeable : choice === 'set' ? set : []
  const signs = named.some((usage) => usage === 'keyCertSign' || usage === 'cRLSign')
  return {
    oid: oids.keyUsage,
    ...(asked && { asked }),
    choice,
    offers,
    edit: 'usages',
    set,
    ...(wanted.length > 0 && { written: keyUsageOf(wanted) }),
    issues: [
      ...(signs ? [issue('sign.asks-to-sign', 'certificate')] : []),
      ...(wanted.length > 0 && !wanted.includes('digitalSignature') ? [issue('sign.cannot-prove', 'certificate')] : []),
    ],
    ...(choice === 'set' && set.length === 0 && { wrong: 'No use of the key is chosen. Choose one, or leave it out.' }),
  }
}

function decideNames(setting: Setting, asked: AskedExtension | undefined): ExtensionDecision {
  const wish = choiceOf(setting, oids.subjectAltName)
  const named = usable(asked) ? (setting.request.facts.subjectAltNames ?? []) : []
  const takeable = named.filter(isPlainName)
  const offers: Choice[] = takeable.length > 0 ? ['take', 'drop', 'set'] : ['drop', 'set']
  const choice = chosen(wish, offers, takeable.length > 0 ? 'take' : 'drop')
  const set = wish?.value ?? takeable
  const wrong = choice === 'set' ? set.find((name) => !isPlainName(name)) : undefined
  const wanted = choice === 'take' ? takeable : choice === 'set' && wrong === undefined ? set : []
  const leftOut = choice === 'take' ? named.filter((name) => !takeable.includes(name)) : []
  return {
    oid: oids.subjectAltName,
    ...(asked && { asked }),
    choice,
    offers,
    edit: 'names',
    set,
    ...(wanted.length > 0 && { written: subjectAltName(wanted, setting.subjectEmpty) }),
    issues: leftOut.length > 0 ? [issue('sign.names-left-out', leftOut.join(', ').slice(0, 300))] : [],
    ...(wrong !== undefined && { wrong: `“${wrong}” is none of DNS:…, IP:…, email:… and URI:….` }),
    ...(choice === 'set' && set.length === 0 && { wrong: 'No name is given. Leave the extension out instead.' }),
  }
}

/** Where lists of revoked certificates, or the issuer's certificate, are: the authority's word, never the requester's unseen. */
function decideAddresses(setting: Setting, asked: AskedExtension | undefined, oid: string): ExtensionDecision {
  const lists = oid === oids.crlDistributionPoints
  const usual = lists ? setting.defaults.crlUrls : setting.defaults.issuerUrls
  const wish = choiceOf(setting, oid)
  const lines = usable(asked) ? asked!.value : []
  const prefix = lists ? 'URI:' : 'CA Issuers: URI:'
  const named = lines.map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : ''))
  const takeable = named.length > 0 && named.every(isAddress)
  const offers: Choice[] = takeable ? ['take', 'drop', 'set'] : ['drop', 'set']
  const choice = chosen(wish, offers, usual.length > 0 ? 'set' : 'drop')
  const set = wish?.value ?? [...usual]
  const wrong = choice === 'set' ? set.find((address) => !isAddress(address)) : undefined
  const wanted = choice === 'take' ? named : choice === 'set' && wrong === undefined ? set : []
  const write = lists ? crlDistributionPointsOf : issuerAddressesOf
  return {
    oid,
    ...(asked && { asked }),
    choice,
    offers,
    edit: 'addresses',
    set,
    ...(wanted.length > 0 && { written: write(wanted) }),
    issues: choice === 'take' ? [issue('sign.foreign-address', named.join(', ').slice(0, 300))] : [],
    ...(wrong !== undefined && { wrong: `“${wrong.slice(0, 200)}” is no http or https address.` }),
    ...(choice === 'set' && set.length === 0 && { wrong: 'No address is given. Leave the extension out instead.' }),
  }
}
