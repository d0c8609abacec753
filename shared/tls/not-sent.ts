import type { Facts } from '../pki/facts.ts'
import type { Attempt } from './attempt.ts'
import type { Context } from './context.ts'
import { type Evidence, seen } from './evidence.ts'

/**
 * The server missed a certificate: none was given, our TLS library kept it back, or somebody took it away. `said` is
 * what the server answered, as a sentence.
 */
export function notSent(attempt: Attempt, context: Context, said: string): Evidence[] {
  if (attempt.certificateSent) {
    const says = `${said} A certificate was sent, so something between here and the server took it away.`
    return [seen('client.none-sent', says, 'Ask whether a proxy or load balancer ends TLS before the server.')]
  }
  if (!attempt.certificateConfigured) {
    const says = `${said} This test was made without an identity.`
    const fits = context.probes?.find((probe) => probe.probe === 'other-identity' && probe.outcome === 'accepted')
    return [seen('client.none-sent', says, fits && `Choose the identity ${fits.tried}: the server accepts it.`)]
  }
  const empty = 'Our answer to its request was empty although a certificate was given.'
  const { certificate } = context
  if (!certificate || attempt.signatureSchemes.length === 0 || canSign(certificate, attempt)) {
    return [seen('client.withheld', `${said} ${empty}`), ...inOlderVersion(context)]
  }
  const schemes = attempt.signatureSchemes.slice(0, 6).join(', ')
  const key = [certificate.keyAlgorithm, certificate.curve].filter(Boolean).join(' ')
  const more = attempt.signatureSchemes.length > 6 ? ' …' : ''
  return [
    seen(
      'client.no-common-signature',
      `The server accepts ${schemes}${more}; the key is ${key}. Our answer was empty.`,
    ),
    { code: 'client.withheld', weight: 60, says: 'Our answer to its request was empty.' },
    ...inOlderVersion(context),
  ]
}

/** What a key could not sign in TLS 1.3 it may still sign in TLS 1.2 (RFC 8446 section 4.2.3). */
function inOlderVersion({ probes = [] }: Context): Evidence[] {
  const older = probes.find(({ probe, outcome }) => probe === 'tls-1.2' && outcome === 'accepted')
  if (!older) return []
  return [
    { code: 'tls.version', weight: 90, proves: true, says: 'In TLS 1.2 the same certificate is sent and accepted.' },
  ]
}

const curves: Record<string, string> = { prime256v1: 'secp256r1', secp384r1: 'secp384r1', secp521r1: 'secp521r1' }

/** Does the server accept a signature scheme that this key can make (RFC 8446 section 4.2.3)? */
export function canSign(
  { keyAlgorithm = '', curve = '' }: Pick<Facts, 'keyAlgorithm' | 'curve'>,
  { signatureSchemes, protocol }: Pick<Attempt, 'signatureSchemes' | 'protocol'>,
): boolean {
  const tls13 = protocol === 'TLSv1.3'
  return signatureSchemes.some((scheme) => {
    if (keyAlgorithm === 'RSA') return scheme.startsWith('rsa_pss_rsae_') || (!tls13 && scheme.startsWith('rsa_pkcs1_'))
    if (keyAlgorithm === 'RSA-PSS') return scheme.startsWith('rsa_pss_pss_')
    if (keyAlgorithm === 'EC') return scheme.startsWith(tls13 ? `ecdsa_${curves[curve] ?? '?'}_` : 'ecdsa_')
    return scheme === keyAlgorithm.toLowerCase()
  })
}
