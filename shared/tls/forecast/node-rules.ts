import { noStartLine } from './openssl-rules.ts'
import type { Rule } from './rule.ts'

/** What every version of Node says of files of the wrong kind. */
export const nodeFiles: Rule[] = [
  { asks: 'loads', when: 'not-pem', answer: 'no', why: '`cert` and `key` take PEM only.', prints: noStartLine },
  {
    asks: 'loads',
    when: 'not-readable',
    answer: 'no',
    why: 'The file is no PEM that it can read.',
    prints: noStartLine,
  },
  {
    asks: 'loads',
    when: 'p12-rc2',
    answer: 'no',
    why: 'RC2 is not among OpenSSL 3’s default algorithms.',
    prints: 'Unsupported PKCS12 PFX data',
  },
]

/** A key beside a certificate of another key, in every version of Node. */
export const nodePairs: Rule[] = [
  {
    asks: 'loads',
    when: 'key-differs',
    answer: 'no',
    why: 'The private key does not belong to the certificate.',
    prints: 'error:05800074:x509 certificate routines::key values mismatch',
  },
  {
    asks: 'sends',
    when: 'key-kind-differs',
    answer: 'no',
    why: 'A key of another kind than the certificate’s is taken without a word; then nothing is sent.',
  },
]
