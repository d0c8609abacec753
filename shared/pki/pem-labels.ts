import type { ObjectKind } from './facts.ts'

const labels: [RegExp, ObjectKind][] = [
  [/^(X509 |TRUSTED )?CERTIFICATE$/, 'certificate'],
  [/^(NEW )?CERTIFICATE REQUEST$/, 'request'],
  [/CRL$/, 'crl'],
  [/PRIVATE KEY$/, 'private-key'],
  [/PUBLIC KEY$/, 'public-key'],
  [/^(PKCS ?#?7|CMS)/, 'pkcs7'],
  [/^PKCS ?#?12/, 'pkcs12'],
]

/** What a PEM label promises (RFC 7468, and what OpenSSL, Windows and Java write). */
export const kindOfLabel = (label: string | undefined): ObjectKind =>
  labels.find(([shape]) => label !== undefined && shape.test(label))?.[1] ?? 'unknown'

/** The labels of RFC 7468, for what has one each. */
export const labelOf = {
  certificate: 'CERTIFICATE',
  request: 'CERTIFICATE REQUEST',
  crl: 'X509 CRL',
} as const

/** Names from before RFC 7468, which OpenSSL still reads and most others do not. */
export const isOldLabel = (label: string | undefined): boolean =>
  label === 'X509 CERTIFICATE' || label === 'NEW CERTIFICATE REQUEST'
