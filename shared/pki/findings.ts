import type { Finding } from '../findings.ts'
import type { Certificate } from './certificate.ts'
import type { RevocationList } from './crl.ts'
import type { Extensions } from './extensions.ts'
import type { Facts } from './facts.ts'
import { publicKeyFindings } from './key-findings.ts'
import type { CertificateRequest } from './request.ts'
import type { SignatureAlgorithm } from './signature-algorithms.ts'

/**
 * General findings, the same for every provider. `refuses` is kept for what makes a certificate or request unusable;
 * the same fault in a CA's certificate among others only warns, because bundles carry old CAs for good reasons.
 */

const dayMs = 86_400_000
const soonDays = 30
const weakHashes = new Set(['MD2', 'MD4', 'MD5', 'SHA-1'])

const rfc5280 = (section: string) => ({
  title: `RFC 5280, section ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc5280#section-${section}`,
})

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
    ...(isCa ? [] : purposeFindings(facts)),
    ...nameFindings(facts),
  ]
}

/** Whether a certificate's dates cover `today`: `expired`, `not-yet-valid`, `expires-soon`. */
export function validityFindings(facts: Facts, today: Date, severity: Finding['severity'] = 'refuses'): Finding[] {
  const now = today.getTime()
  if (facts.notAfter !== undefined && Date.parse(facts.notAfter) < now) {
    const message = `The certificate expired on ${facts.notAfter.slice(0, 10)}.`
    const next = 'Renew it: create a new request and have it signed.'
    return [{ code: 'certificate.expired', severity, message, next, source: rfc5280('4.1.2.5') }]
  }
  if (facts.notBefore !== undefined && Date.parse(facts.notBefore) > now) {
    const message = `The certificate is not valid before ${facts.notBefore.slice(0, 16).replace('T', ' ')} UTC.`
    const next = 'Wait until then, or check this computer’s clock.'
    return [{ code: 'certificate.not-yet-valid', severity, message, next, source: rfc5280('4.1.2.5') }]
  }
  const days = facts.notAfter === undefined ? Infinity : Math.floor((Date.parse(facts.notAfter) - now) / dayMs)
  if (days > soonDays) return []
  const left = days === 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`
  const next = 'Renew it now, while the old one still works.'
  return [{ code: 'certificate.expires-soon', severity: 'warns', message: `The certificate expires ${left}.`, next }]
}

const badDates: Finding = {
  code: 'certificate.dates-unreadable',
  severity: 'refuses',
  message: 'The validity dates are malformed: programs refuse the certificate.',
  next: 'Ask the issuer for a new certificate.',
  source: rfc5280('4.1.2.5'),
}

function weakSignature({ hash, name }: SignatureAlgorithm, area: string): Finding[] {
  if (hash === undefined || !weakHashes.has(hash)) return []
  return [
    {
      code: `${area}.weak-signature`,
      severity: 'warns',
      message: `The signature uses ${hash} (${name}), which OpenSSL 3, Node.js 20 and others refuse.`,
      next: 'Ask for it to be signed with SHA-256.',
    },
  ]
}

function shapeFindings({ facts, algorithmsDiffer, publicKey }: Certificate): Finding[] {
  const found: Finding[] = []
  if ((facts.version ?? 3) < 3) {
    found.push({
      code: 'certificate.version-1',
      severity: facts.selfSigned ? 'notes' : 'warns',
      message: `The certificate is of version ${facts.version}: it cannot say what it may be used for.`,
      next: 'Ask for a version 3 certificate with the purpose “client authentication”.',
      source: rfc5280('4.1.2.1'),
    })
  }
  if (algorithmsDiffer) {
    found.push({
      code: 'certificate.algorithms-differ',
      severity: 'warns',
      message: 'The signature algorithm is given twice, differently: strict programs refuse the certificate.',
      source: rfc5280('4.1.1.2'),
    })
  }
  const serial = facts.serialHex ?? ''
  const octets = Math.ceil(serial.replace('-', '').length / 2)
  // Old roots are numbered 0, and nobody minds.
  const odd = serial.startsWith('-') || serial === '00' || octets > 20
  if (odd && !(facts.selfSigned && facts.isCa)) {
    const what = serial === '00' ? 'zero' : octets > 20 ? `longer than 20 octets (${octets})` : 'negative'
    const message = `The serial number is ${what}, which strict programs refuse.`
    found.push({ code: 'certificate.serial-odd', severity: 'notes', message, source: rfc5280('4.1.2.2') })
  }
  if (facts.extensions?.some((extension) => extension.oid === '1.3.6.1.4.1.11129.2.4.3')) {
    found.push({
      code: 'certificate.precertificate',
      severity: 'refuses',
      message: 'It is a precertificate, made for a public log only: programs refuse it.',
      next: 'Choose the certificate that was issued after it.',
      source: { title: 'RFC 6962, section 3.1', url: 'https://www.rfc-editor.org/rfc/rfc6962#section-3.1' },
    })
  }
  if (/^\d+(\.\d+)+$/.test(publicKey.facts.keyAlgorithm ?? '')) {
    const message = `The key is of a type that Countersign does not know (${publicKey.facts.keyAlgorithm}).`
    found.push({ code: 'key.type-unknown', severity: 'notes', message })
  }
  return found
}

function extensionFindings({ facts, duplicate, malformed }: Extensions, area: string): Finding[] {
  const found: Finding[] = []
  if (duplicate.length > 0) {
    const message = `An extension occurs twice (${duplicate.join(', ')}): strict programs refuse it.`
    found.push({ code: `${area}.duplicate-extension`, severity: 'warns', message, source: rfc5280('4.2') })
  }
  if (malformed.length > 0) {
    const message = `An extension is malformed (${malformed.join(', ')}): many programs refuse it.`
    found.push({ code: `${area}.malformed-extension`, severity: 'warns', message, source: rfc5280('4.2') })
  }
  const strange = facts.extensions?.filter((extension) => extension.critical && extension.name === extension.oid) ?? []
  if (strange.length > 0) {
    const message = `A critical extension is unknown (${strange.map((e) => e.oid).join(', ')}): programs refuse it.`
    found.push({ code: `${area}.critical-unknown`, severity: 'warns', message, source: rfc5280('4.2') })
  }
  return found
}

function purposeFindings(facts: Facts): Finding[] {
  const found: Finding[] = []
  const purposes = facts.extendedKeyUsage
  if (purposes && !purposes.includes('clientAuth') && !purposes.includes('anyExtendedKeyUsage')) {
    const forServers = purposes.includes('serverAuth')
    found.push({
      code: 'certificate.no-client-auth',
      severity: forServers ? 'notes' : 'warns',
      message: forServers
        ? 'It is a server’s certificate: it lacks the purpose “client authentication” (clientAuth).'
        : 'It lacks the purpose “client authentication” (clientAuth): servers refuse it from a client.',
      next: 'To call with it, ask for a certificate with clientAuth.',
      source: rfc5280('4.2.1.12'),
    })
  }
  if (facts.keyUsage && !facts.keyUsage.includes('digitalSignature')) {
    found.push({
      code: 'certificate.no-digital-signature',
      severity: 'warns',
      message: 'Its key usage lacks digitalSignature: OpenSSL and nginx refuse it from a client.',
      next: 'Ask for a certificate with digitalSignature.',
      source: rfc5280('4.2.1.3'),
    })
  }
  if (facts.subjectAltNames?.length === 0) {
    const message = 'It has no subject alternative name (SAN): newer programs do not look at the common name.'
    found.push({ code: 'certificate.no-san', severity: 'notes', message, source: rfc5280('4.2.1.6') })
  }
  return found
}

function nameFindings(facts: Facts): Finding[] {
  const values = [...(facts.subjectParts ?? []).map((part) => part.value), ...(facts.subjectAltNames ?? [])]
  if (!values.some((value) => value.includes('\\u{'))) return []
  return [
    {
      code: 'certificate.name-unseen',
      severity: 'warns',
      message:
        'A name holds characters that cannot be seen or that turn the reading direction: it may imitate another.',
      next: 'Compare the name letter by letter before you trust it.',
    },
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
      source: { title: 'RFC 2986, section 4.2', url: 'https://www.rfc-editor.org/rfc/rfc2986#section-4.2' },
    })
  }
  found.push(...publicKeyFindings(facts, request.publicKey), ...weakSignature(request.algorithm, 'request'))
  if (facts.version !== 1) {
    const message = `The request says it is of version ${facts.version}; only version 1 exists. Strict programs refuse it.`
    found.push({ code: 'request.version-odd', severity: 'warns', message })
  }
  if (facts.isCa) {
    const message = 'The request asks to become a CA. A provider takes that wish away, or refuses.'
    found.push({ code: 'request.asks-for-ca', severity: 'warns', message, next: 'Create it without CA rights.' })
  }
  if (request.hasChallengePassword) {
    const message = 'The request carries a challenge password, which anyone can read in it.'
    found.push({ code: 'request.challenge-password', severity: 'notes', message })
  }
  if (request.malformedAttributes) {
    const message = 'The requested extensions are malformed: a CA will drop them or refuse.'
    found.push({ code: 'request.malformed-extension', severity: 'warns', message })
  }
  return [...found, ...extensionFindings(extensions, 'request'), ...nameFindings(facts)]
}

export function crlFindings({ facts, algorithm, extensions }: RevocationList, today: Date): Finding[] {
  const found: Finding[] = []
  if (facts.nextUpdate === undefined) {
    const message = 'The list does not say when the next one is due.'
    found.push({ code: 'crl.no-next-update', severity: 'notes', message, source: rfc5280('5.1.2.5') })
  } else if (Date.parse(facts.nextUpdate) < today.getTime()) {
    found.push({
      code: 'crl.stale',
      severity: 'warns',
      message: `The list is out of date since ${facts.nextUpdate.slice(0, 10)}: servers that use it refuse every client.`,
      next: 'Get the current list from the issuer.',
      source: rfc5280('5.1.2.5'),
    })
  }
  return [...found, ...weakSignature(algorithm, 'crl'), ...extensionFindings(extensions, 'crl')]
}
