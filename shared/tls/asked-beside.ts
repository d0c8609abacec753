import type { Facts } from '../pki/facts.ts'
import type { Attempt } from './attempt.ts'
import { canSign } from './not-sent.ts'

type Ours = { certificate: Facts; chain: readonly Facts[] }

/** What the server asked for, beside what the identity has. Without an identity nothing is marked. */
export type AskedBeside = {
  /** Every authority it named, in its order; none means any. */
  authorities: readonly string[]
  /** The nearest authority above our certificate that it named; `null` when it named others only. */
  leadsTo?: string | null
  /** Who issued our certificate. */
  issuer?: string
  /** Each once, in its order of preference; `ours`: our key can make it in this version of TLS. */
  schemes: readonly { name: string; ours?: boolean }[]
}

/**
 * A CertificateRequest (RFC 8446 section 4.3.2, RFC 5246 section 7.4.4) beside certificate, issuers and key of the
 * identity. `null` when no certificate was asked for, or when it could not be seen. Names are compared as spelt
 * (RFC 2253): two authorities of one name are told apart by their keys only, which a list of names does not hold.
 */
export function askedBeside(
  attempt: Pick<Attempt, 'certificateAsked' | 'acceptableAuthorities' | 'signatureSchemes' | 'protocol'>,
  ours?: Ours,
): AskedBeside | null {
  if (attempt.certificateAsked !== true) return null
  const { acceptableAuthorities: authorities, signatureSchemes, protocol } = attempt
  const names = [...new Set(signatureSchemes)]
  if (!ours) return { authorities, schemes: names.map((name) => ({ name })) }
  const { certificate, chain } = ours
  const schemes = names.map((name) => ({ name, ours: canSign(certificate, { signatureSchemes: [name], protocol }) }))
  const above = [certificate.issuer, ...chain.flatMap(({ subject, issuer }) => [subject, issuer])]
  const named = new Set(authorities)
  const leadsTo = above.find((name) => name !== undefined && named.has(name)) ?? null
  return {
    authorities,
    schemes,
    ...(authorities.length > 0 && { leadsTo }),
    ...(certificate.issuer !== undefined && { issuer: certificate.issuer }),
  }
}

/** Every word that was typed stands somewhere in the name. */
export function authoritiesFound(authorities: readonly string[], wanted: string): readonly string[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return authorities
  return authorities.filter((name) => {
    const text = name.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
