import type { Finding } from '../../shared/findings.ts'
import { refusesAny } from '../../shared/findings.ts'
import { words } from '../../shared/phrasebook.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import type { CertificateRequest } from '../../shared/pki/request.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { requestSignatureValid } from '../../shared/pki/verify.ts'
import { issueFromRequest } from '../../shared/pki/x509.ts'
import { checkCertificate, checkRequest } from '../../shared/providers/conformance.ts'
import { maySelfSign } from '../../shared/providers/plan.ts'
import type { Environment, Profile } from '../../shared/providers/profile.ts'
import type { OpenedAuthority } from './practice-authority.ts'
import type { Register } from './register.ts'

/** Validity where the provider documents none. */
const usualDays = 365

export type Outcome =
  | { ok: true; certificatePem: string; says: string }
  /** `says` in the provider's words where it documents the refusal. */
  | { ok: false; says: string; findings: Finding[] }

export type Counter = { take(pem: string): Promise<Outcome> }

type Desk = {
  profile: Profile
  environment: Environment
  authority: OpenedAuthority
  register: Register
  now: () => Date
}

/** Where requests and certificates are handed in: judged by the profile, then signed or put on file. */
export function createCounter(desk: Desk): Counter {
  return {
    async take(pem) {
      const blocks = pemBlocks(pem).filter((block) => !block.damaged)
      if (blocks.some((block) => block.label.endsWith('PRIVATE KEY')))
        return refused(
          desk,
          'upload.private-key',
          'This is a private key. It was not kept; a private key is never handed in.',
        )
      for (const { der } of blocks) {
        const request = readRequest(der)
        if (request !== null) return takeRequest(desk, request)
        if (readCertificate(der) !== null) return takeCertificate(desk, der)
      }
      return refused(desk, 'upload.unknown', 'There is no signing request and no certificate in what was sent.')
    },
  }
}

async function takeRequest(desk: Desk, request: CertificateRequest): Promise<Outcome> {
  const { profile, environment, authority, register } = desk
  const now = desk.now()
  if (profile.signing.by === 'self')
    return refused(
      desk,
      'upload.request-instead-of-certificate',
      `This is a signing request; ${profile.name} takes your certificate for mutual TLS, self-signed or from any authority.`,
    )
  const signatureValid = await requestSignatureValid(request.der)
  const facts = { ...request.facts, ...(signatureValid !== null && { signatureValid }) }
  const findings = checkRequest(profile, environment.id, facts)
  if (refusesAny(findings)) return judged(profile, findings)
  const full = checkRoom(desk, facts.spkiSha256 ?? '', now)
  if (full !== null) return full
  const days = profile.signing.days ?? usualDays
  const issued = await issueFromRequest({
    authority: authority.clients,
    requestDer: request.der,
    days,
    now,
    purposes: ['clientAuth'],
  })
  if (!issued.ok) {
    const { title, next } = words(issued.problem)
    return refused(desk, issued.problem.code, `${title}.`, next)
  }
  const { der, pem } = issued.value
  put(register, der)
  const promised = profile.signing.days === undefined ? `; ${profile.name} documents no validity` : ''
  return {
    ok: true,
    certificatePem: pem + authority.clientCaPem,
    says: `Signed, valid for ${days} days${promised}.`,
  }
}

function takeCertificate(desk: Desk, der: Bytes): Outcome {
  const { profile, environment, register } = desk
  const now = desk.now()
  const { facts } = readCertificate(der)!
  if (!maySelfSign(profile))
    return refused(
      desk,
      'upload.certificate-instead-of-request',
      `This is a certificate; ${profile.name} signs requests (CSR).`,
    )
  const findings = checkCertificate(profile, environment.id, { facts, selfSigned: facts.selfSigned === true, now })
  if (refusesAny(findings)) return judged(profile, findings)
  const full = checkRoom(desk, facts.spkiSha256 ?? '', now)
  if (full !== null) return full
  const most = profile.signing.maxActive
  put(register, der, most === undefined ? undefined : { most, now })
  const count = register.active(now).length
  return {
    ok: true,
    certificatePem: toPem('CERTIFICATE', der),
    says: `On file${most === undefined ? '' : `: ${count} of ${most} active certificates`}.`,
  }
}

function checkRoom(desk: Desk, spkiSha256: string, now: Date): Outcome | null {
  const most = desk.profile.signing.maxActive
  if (!desk.register.isFull(most, spkiSha256, now)) return null
  return refused(
    desk,
    'certificate.too-many-active',
    `There are ${most} active certificates already.`,
    'Retire the one that is no longer needed, or remove it, then stop and start the practice provider.',
  )
}

function put(register: Register, der: Bytes, beside?: { most: number; now: Date }): void {
  const { facts } = readCertificate(der)!
  const { sha256 = '', spkiSha256 = '', subject = '', notAfter = '' } = facts
  register.add({ sha256, spkiSha256, subject, notAfter }, beside)
}

/** A refusal that is about what was handed in, not about its content. */
function refused({ profile }: Desk, code: string, message: string, next?: string): Outcome {
  const documented = profile.refusals.find((refusal) => refusal.code === code)
  return { ok: false, says: documented?.says ?? message, findings: [{ code, severity: 'refuses', message, next }] }
}

/** The first refusing finding speaks, after the provider's own words if it documents them. */
function judged(profile: Profile, findings: Finding[]): Outcome {
  const refusing = findings.filter((finding) => finding.severity === 'refuses')
  const first = refusing[0]!
  const documented = profile.refusals.find((refusal) => refusal.code === first.code)
  const says = documented === undefined ? first.message : `${documented.says} (${first.message})`
  return { ok: false, says, findings: refusing }
}
