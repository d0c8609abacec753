import type { Candidate } from './candidate.ts'
import type { Passage, PathProblem, Rule } from './problem.ts'
import { isBareAnchor } from './problem.ts'
import { anyPurpose } from './settings.ts'
import { Usage } from './terms.ts'

/** A certificate in its place: `issues` is everyone above the leaf, `above` who issued it, absent for the root. */
type Placed = { link: Candidate; at: number; issues: boolean; above?: Candidate; passage: Passage }

/** What is broken in words that follow `breaks a rule: `; nothing when the rule is kept. */
type Demand = (placed: Placed) => string | false | null | undefined

const critical = ({ terms }: Candidate, oid: string): boolean | undefined => terms.extensions.get(oid)

/** Without a name nobody can be asked for as an issuer: every program stumbles over that. */
const ofAll: Demand[] = [
  ({ link }) => link.issuer.parts.length === 0 && 'it does not name its issuer',
  ({ link, issues }) => issues && link.subject.parts.length === 0 && 'a CA has no name',
]

/** What RFC 5280 demands of those who make certificates; `openssl verify -x509_strict` checks about the same. */
const ofMakers: Demand[] = [
  ({ link: { certificate, terms } }) =>
    terms.extensions.size > 0 && certificate.facts.version !== 3 && 'it has extensions but is not of version 3',
  ({ link: { certificate } }) => {
    const serial = certificate.facts.serialHex ?? ''
    if (serial === '00' || serial.startsWith('-')) return 'its serial number is not positive'
    return serial.length > 40 && 'its serial number is longer than 20 octets'
  },
  ({ link, issues }) => issues && critical(link, '2.5.29.19') !== true && 'basic constraints of a CA are not critical',
  ({ link: { terms }, issues }) => issues && !terms.keyUsage && 'a CA has no key usage',
  ({ link: { terms }, issues }) => issues && terms.subjectKey === undefined && 'a CA has no subject key identifier',
  ({ link: { terms, selfIssued }, above }) =>
    (above || !selfIssued) && terms.authorityKey === undefined && 'it has no authority key identifier',
  ({ link: { terms } }) => terms.authorityKey === null && 'its authority key identifier names no key',
  ({ link: { terms }, above }) => {
    const own = (above ?? { terms }).terms.subjectKey
    const differs = own !== undefined && terms.authorityKey && terms.authorityKey !== own
    return differs && 'its authority key identifier is not that of its issuer'
  },
  ({ link }) => (critical(link, '2.5.29.14') || critical(link, '2.5.29.35')) && 'a key identifier is critical',
  ({ link: { terms } }) =>
    terms.keyUsage?.has(Usage.keyCertSign) && !terms.basicConstraints?.isCa && 'it may sign certificates but is no CA',
  ({ link: { terms } }) =>
    terms.basicConstraints?.pathLength !== undefined &&
    !terms.basicConstraints.isCa &&
    'it has a path length but is no CA',
  ({ link: { terms } }) => terms.constraints && !terms.basicConstraints?.isCa && 'it has name constraints but is no CA',
  ({ link, passage }) =>
    passage.settings.rules === 'rfc5280' &&
    critical(link, '2.5.29.30') === false &&
    'name constraints are not critical',
  ({ link: { terms } }) =>
    [...(terms.constraints?.permitted ?? []), ...(terms.constraints?.excluded ?? [])].some(
      ({ base }) => base?.kind === 'DNS' && base.value.startsWith('.'),
    ) && 'a constraint on DNS names begins with a dot',
  ({ link }) =>
    link.subject.parts.length === 0 &&
    critical(link, '2.5.29.17') === false &&
    'it has no subject, and its names are not critical',
  ({ link }) => critical(link, '2.5.29.36') === false && 'policy constraints are not critical',
  ({ link }) => critical(link, '2.5.29.54') === false && 'the end of any policy is not critical',
]

const webCurves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])
const webSchemes = new Set(['rsa', 'rsa-pss', 'ecdsa'])
const webHashes = new Set(['SHA-256', 'SHA-384', 'SHA-512'])

/** The CA/Browser Forum's baseline requirements, as far as they are about what a certificate holds. */
const ofWeb: Demand[] = [
  ({ link: { certificate } }) => certificate.facts.version !== 3 && 'it is not of version 3',
  ({ link: { terms }, above }) => above && !terms.purposes && 'it does not say what it is for (extended key usage)',
  ({ link: { terms }, at }) => at === 0 && terms.purposes?.includes(anyPurpose) && 'it is for any purpose',
  ({ link: { terms }, at }) => at === 0 && terms.basicConstraints?.isCa && 'it is a CA itself',
  ({ link: { terms }, at, passage }) =>
    at === 0 && passage.settings.purpose === 'server' && !terms.names && 'it has no subject alternative name',
  ({ link, at }) =>
    at === 0 &&
    link.subject.parts.length > 0 &&
    critical(link, '2.5.29.17') &&
    'its alternative names are critical beside a subject',
  ({ link: { terms }, issues, above }) => issues && !above && terms.purposes && 'a root is limited to purposes',
  ({ link: { certificate } }) => {
    const { keyAlgorithm, keyBits = 0, curve = '' } = certificate.publicKey.facts
    const rsa = keyAlgorithm === 'RSA' && keyBits >= 2048 && keyBits % 8 === 0
    return (
      !rsa && !(keyAlgorithm === 'EC' && webCurves.has(curve)) && `its key (${keyAlgorithm}) is not one for the web`
    )
  },
  ({ link: { certificate } }) => {
    const { scheme, hash = '', name } = certificate.algorithm
    return !(webSchemes.has(scheme) && webHashes.has(hash)) && `its signature (${name}) is not one for the web`
  },
]

const demandsOf = {
  usual: ofAll,
  rfc5280: [...ofAll, ...ofMakers],
  web: [...ofAll, ...ofMakers, ...ofWeb],
}

/** Rules on how certificates are made, most of which most programs do not insist on. The first that is broken is told, certificate by certificate. */
export const strictRule: Rule = (passage) => {
  const { links, settings } = passage
  const demands = demandsOf[settings.rules]
  return links.flatMap((link, at): PathProblem[] => {
    if (isBareAnchor(passage, at)) return []
    const placed: Placed = { link, at, issues: at > 0, above: links[at + 1], passage }
    for (const demand of demands) {
      const detail = demand(placed)
      if (detail) return [{ reason: 'path.rule-broken', at, detail }]
    }
    return []
  })
}
