import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'

/** Of one certificate, what the calendar needs. Dates that are none, or that no calendar has, are left out. */
export type CertificateDates = {
  sha256: string
  spkiSha256: string
  subject: string
  issuer: string
  /** What people call it. */
  name: string
  notBefore?: string
  notAfter?: string
}

/** Few certificates stand in many records: the same text is read once. */
const mostKnown = 5000

/** A date in the one form that goes over the contract; undefined for one that is no date of the next 8,000 years. */
export function dateOf(text: string | undefined): string | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return at >= 0 && at < Date.UTC(9999, 11, 31) ? new Date(at).toISOString() : undefined
}

/** Reads certificates out of PEM, each text once. What is no certificate is passed over. */
export function createCertificateDates() {
  const known = new Map<string, CertificateDates[]>()
  return (pem: string): CertificateDates[] => {
    const before = known.get(pem)
    if (before) return before
    const found = pemBlocks(pem).flatMap(({ der }) => {
      const facts = der && readCertificate(der)?.facts
      if (!facts?.sha256 || !facts.spkiSha256) return []
      const parts = facts.subjectParts ?? []
      const part = (type: string) => parts.find((one) => one.type === type)?.value
      return [
        {
          sha256: facts.sha256,
          spkiSha256: facts.spkiSha256,
          subject: facts.subject ?? '',
          issuer: facts.issuer ?? '',
          name: (part('CN') ?? part('OU') ?? part('O') ?? facts.subject ?? 'without a name').slice(0, 200),
          notBefore: dateOf(facts.notBefore),
          notAfter: dateOf(facts.notAfter),
        },
      ]
    })
    if (known.size >= mostKnown) known.clear()
    known.set(pem, found)
    return found
  }
}
