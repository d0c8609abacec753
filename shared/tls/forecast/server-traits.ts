import { readCertificate } from '../../pki/certificate.ts'
import type { Facts } from '../../pki/facts.ts'
import { pemBlocks } from '../../pki/pem.ts'
import type { Attempt } from '../attempt.ts'
import { hasWeakSignature } from '../certificate-flaws.ts'

/** What a runtime may stumble over in what the server shows. */
export type ServerTrait =
  | 'server-self-signed'
  | 'server-pinned'
  | 'server-chain-short'
  | 'server-authority-unknown'
  | 'server-root-missing'
  | 'server-expired'
  | 'server-not-yet-valid'
  | 'server-wrong-name'
  | 'server-common-name-only'
  | 'server-wrong-purpose'
  | 'server-weak-signature'
  | 'server-rsa-under-2048'
  | 'server-old-tls'
  | 'trust-was-given'

const byCode: Record<string, ServerTrait> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'server-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'server-authority-unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'server-authority-unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'server-authority-unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'server-root-missing',
  CERT_HAS_EXPIRED: 'server-expired',
  CERT_NOT_YET_VALID: 'server-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'server-wrong-name',
  HOSTNAME_MISMATCH: 'server-wrong-name',
  INVALID_PURPOSE: 'server-wrong-purpose',
}

/** From the chain that was shown and from how our own check of it ended. */
export function serverTraits(attempt: Attempt, now: Date): ServerTrait[] {
  const found = new Set<ServerTrait>()
  const { alert, failure, serverChain, trustedAuthorities } = attempt
  if (alert?.number === 70) found.add('server-old-tls')
  const ours = failure?.during === 'server-trust' ? byCode[failure.code] : undefined
  if (ours) found.add(ours)
  if (trustedAuthorities) found.add('trust-was-given')
  const links = serverChain.flatMap(({ pem }): Facts[] => {
    const der = pemBlocks(pem)[0]?.der
    const facts = der && readCertificate(der)?.facts
    return facts ? [facts] : []
  })
  const [leaf] = links
  if (!leaf) return [...found]
  // Trusted for itself, though its own key usage would not let it sign certificates.
  if (leaf.selfSigned && leaf.keyUsage && !leaf.keyUsage.includes('keyCertSign')) found.add('server-pinned')
  if (ours === 'server-authority-unknown' && links.length === 1) {
    found.delete('server-authority-unknown')
    found.add(leaf.selfSigned ? 'server-self-signed' : 'server-chain-short')
  }
  // Trusted by an intermediate alone: none of what was trusted is the self-signed top of the chain.
  const top = links.at(-1)
  if (attempt.serverTrusted && trustedAuthorities && top && !leaf.selfSigned) {
    const names = new Set(trustedAuthorities)
    const reachesRoot = top.selfSigned ? names.has(top.subject ?? '') : names.has(top.issuer ?? '')
    if (!reachesRoot) found.add('server-root-missing')
  }
  if (links.some((one) => one.notAfter && Date.parse(one.notAfter) < now.getTime())) found.add('server-expired')
  if ((leaf.subjectAltNames ?? []).length === 0) found.add('server-common-name-only')
  if (links.some((one) => !one.selfSigned && hasWeakSignature(one))) found.add('server-weak-signature')
  if (links.some((one) => one.keyAlgorithm?.startsWith('RSA') && (one.keyBits ?? 2048) < 2048)) {
    found.add('server-rsa-under-2048')
  }
  return [...found]
}
