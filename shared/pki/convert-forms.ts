import type { Target } from './convert-how.ts'

/** What people have to know of a form before they choose it. */
export type Form = {
  to: Target
  plain: string
  term: string
  /** Private keys in it: `must` has no sense without one, `open` has no protection for it. */
  keys: 'never' | 'may' | 'must' | 'open'
  /** It always has a passphrase, with or without a key. */
  locked: boolean
  /** The objects of many files fit into one. */
  together: boolean
}

const plain = { locked: false, together: false } as const

/** Most wanted first. */
export const forms: readonly Form[] = [
  { to: 'pem', plain: 'Text blocks', term: 'PEM', keys: 'may', locked: false, together: true },
  {
    to: 'p12',
    plain: 'Bundle: key, certificate and chain',
    term: 'PKCS#12',
    keys: 'must',
    locked: true,
    together: false,
  },
  { to: 'der', plain: 'One binary object a file', term: 'DER', keys: 'may', ...plain },
  {
    to: 'p7b',
    plain: 'Collection of certificates, as text',
    term: 'PKCS#7',
    keys: 'never',
    locked: false,
    together: true,
  },
  {
    to: 'p7c',
    plain: 'Collection of certificates, binary',
    term: 'PKCS#7',
    keys: 'never',
    locked: false,
    together: true,
  },
  { to: 'jks', plain: 'Java keystore of the old kind', term: 'JKS', keys: 'must', locked: true, together: false },
  {
    to: 'truststore',
    plain: 'Truststore for Java: certificates to trust',
    term: 'PKCS#12',
    keys: 'never',
    locked: true,
    together: true,
  },
  { to: 'pkcs8', plain: 'Private key', term: 'PKCS#8', keys: 'must', ...plain },
  { to: 'pkcs1', plain: 'RSA private key, never protected', term: 'PKCS#1', keys: 'open', ...plain },
  { to: 'sec1', plain: 'EC private key, never protected', term: 'SEC 1', keys: 'open', ...plain },
  { to: 'public-key', plain: 'Public key', term: 'SPKI', keys: 'never', ...plain },
]

export const formOf = (to: Target): Form => forms.find((form) => form.to === to)!
