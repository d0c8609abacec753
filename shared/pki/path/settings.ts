import type { Purpose } from '../inspect-calls.ts'

/** What a certificate is to be used for; beside TLS the two uses that have rules of their own on key usage. */
export type Use = Purpose | 'code-signing' | 'time-stamping'

/** How strictly, and as whom, a path is judged. The defaults are what TLS libraries do. */
export type Settings = {
  purpose: Use
  /** The DNS name or IP address that the leaf has to be for. */
  host?: string
  at: Date
  /**
   * `known`: what a valid list among those given says is revoked. `leaf`, `all`: a valid list has to vouch for the leaf,
   * or for every certificate below the root.
   */
  revocation: 'known' | 'leaf' | 'all'
  /**
   * `key`: of a root, only name and key count (RFC 5280 section 6.1.1). `usual`: its dates, constraints and purposes are
   * heeded too, as OpenSSL, Go and browsers do. `policies`: its policies as well (RFC 5937).
   */
  anchors: 'key' | 'usual' | 'policies'
  /**
   * `usual`: what TLS libraries check. `rfc5280`: also that certificates are made as RFC 5280 demands of CAs, like
   * `openssl verify -x509_strict`. `web`: also that they follow the rules of public web CAs.
   */
  rules: 'usual' | 'rfc5280' | 'web'
  /** OpenSSL's security level, 0 to 5; without one, what was agreed to be safe at the date. */
  level?: number
  /** At most so many certificates between leaf and root, those of a CA for itself not counted. */
  maxIntermediates?: number
  /** Policies (OIDs) of which one is wanted; without any, all will do. */
  policies?: readonly string[]
  requireExplicitPolicy: boolean
  inhibitPolicyMapping: boolean
  inhibitAnyPolicy: boolean
}

export const usualSettings: Omit<Settings, 'at'> = {
  purpose: 'any',
  revocation: 'known',
  anchors: 'usual',
  rules: 'usual',
  requireExplicitPolicy: false,
  inhibitPolicyMapping: false,
  inhibitAnyPolicy: false,
}

/** OIDs of extended key usage (RFC 5280 section 4.2.1.12). */
export const purposeOids = {
  client: '1.3.6.1.5.5.7.3.2',
  server: '1.3.6.1.5.5.7.3.1',
  'code-signing': '1.3.6.1.5.5.7.3.3',
  'time-stamping': '1.3.6.1.5.5.7.3.8',
} as const
export const anyPurpose = '2.5.29.37.0'
