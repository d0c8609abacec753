import type { Finding } from '../findings.ts'
import type { Certificate } from './certificate.ts'
import type { RevocationList } from './crl.ts'
import { rfc2986, rfc5280 } from './finding-sources.ts'
import { publicKeyFindings } from './key-findings.ts'
import { emptySubjectFindings, nameFindings } from './name-findings.ts'
import { authorityFindings, keyUsageFindings, purposeFindings } from './purpose-findings.ts'
import type { CertificateRequest } from './request.ts'
import { encodingFindings, extensionFindings, shapeFindings, weakSignature } from './shape-findings.ts'
import { badDates, validityFindings } from './validity-findings.ts'

/**
 * General findings, the same for every provider; `docs/findings.md` lists them. `refuses` is kept for what makes a
 * certificate or request unusable; the same fault in a CA's certificate among others only warns, because bundles carry
 * old CAs for good reasons.
 */

/** `among`: the certificate lies in a bundle or chain, where a faulty CA does not spoil the rest. */
export function certificateFindings(certificate: Certificate, today: Date, among = false): Finding[] {
  const { facts } = certificate
  const isCa = facts.isCa === true
  const asIssuer = isCa && among
  return [
    ...validityFindings(facts, today, asIssuer ? 'warns' : 'refuses'),
    ...(certificate.badDates ? [badDates] : []),
    ...publicKeyFindings(facts, certificate.publicKey, asIssuer),
    // Nobody checks a root's signature on itself.
    ...(facts.selfSigned && isCa ? [] : weakSignature(certificate.algorithm, 'certificate')),
    ...shapeFindings(certificate),
    ...extensionFindings(certificate.extensions, 'certificate'),
    ...(isCa ? [] : purposeFindings(facts, today)),
    ...(asIssuer ? [] : authorityFindings(facts)),
    ...keyUsageFindings(facts, 'certificate'),
    ...nameFindings(facts),
    ...(isCa ? [] : emptySubjectFindings(facts)),
    ...encodingFindings(certificate.der, 'certificate'),
  ]
}

/** `facts.signatureValid` must be set already where it could be checked. */
export function requestFindings(request: CertificateRequest): Finding[] {
  const { facts, extensions } = request
  const found: Finding[] = []
  if (facts.signatureValid === false) {
    found.push({
      code: 'request.signature-invalid',
      severity: 'refuses',
      message: 'The request’s own signature is wrong: it was altered, or signed with another key. No CA accepts it.',
      next: 'Create the request again.',
      source: rfc2986('4.2'),
    })
  }
  found.push(...publicKeyFindings(facts, request.publicKey), ...weakSignature(request.algorithm, 'request'))
  if (facts.version !== 1) {
    found.push({
      code: 'request.version-odd',
      severity: 'warns',
      message: `The request says it is of version ${facts.version}; only version 1 exists. Strict programs refuse it.`,
      next: 'Create the request again.',
      source: rfc2986('4.1'),
    })
  }
  if (facts.isCa) {
    found.push({
      code: 'request.asks-for-ca',
      severity: 'warns',
      message: 'The request asks to become a CA. A provider takes that wish away, or refuses.',
      next: 'Create it without CA rights.',
      source: rfc5280('4.2.1.9'),
    })
  }
  if (request.hasChallengePassword) {
    found.push({
      code: 'request.challenge-password',
      severity: 'notes',
      message: 'The request carries a challenge password, which anyone can read in it.',
      next: 'Use a password there that is used nowhere else.',
      source: rfc2986('4.1'),
    })
  }
  if (request.malformedAttributes) {
    found.push({
      code: 'request.malformed-extension',
      severity: 'warns',
      message: 'The requested extensions are malformed: a CA will drop them or refuse.',
      next: 'Create the request again.',
      source: rfc2986('4.1'),
    })
  }
  return [
    ...found,
    ...extensionFindings(extensions, 'request'),
    ...keyUsageFindings(facts, 'request'),
    ...nameFindings(facts),
    ...encodingFindings(request.der, 'request'),
  ]
}

export function crlFindings({ facts, der, algorithm, extensions }: RevocationList, today: Date): Finding[] {
  const found: Finding[] = []
  if (facts.nextUpdate === undefined) {
    found.push({
      code: 'crl.no-next-update',
      severity: 'notes',
      message: 'The list does not say when the next one is due.',
      next: 'Ask the issuer how often it publishes a new one.',
      source: rfc5280('5.1.2.5'),
    })
  } else if (Date.parse(facts.nextUpdate) < today.getTime()) {
    found.push({
      code: 'crl.stale',
      severity: 'warns',
      message: `The list is out of date since ${facts.nextUpdate.slice(0, 10)}: servers that use it refuse every client.`,
      next: 'Get the current list from the issuer.',
      source: rfc5280('5.1.2.5'),
    })
  }
  if (facts.thisUpdate !== undefined && Date.parse(facts.thisUpdate) > today.getTime()) {
    found.push({
      code: 'crl.not-yet-valid',
      severity: 'warns',
      message: `The list is dated ahead, to ${facts.thisUpdate.slice(0, 10)}: programs do not use it before that day.`,
      next: 'Check this computer’s clock, or wait.',
      source: rfc5280('5.1.2.4'),
    })
  }
  return [
    ...found,
    ...weakSignature(algorithm, 'crl'),
    ...extensionFindings(extensions, 'crl'),
    ...encodingFindings(der, 'crl'),
  ]
}
