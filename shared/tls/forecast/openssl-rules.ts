import type { Rule } from './rule.ts'

/** What programs on OpenSSL 3 have in common. */
export const noStartLine = 'error:0480006C:PEM routines::no start line'

export const opensslFiles: readonly Rule[] = [
  {
    asks: 'loads',
    when: 'blank-lines',
    answer: 'no',
    why: 'Empty lines within the block end it for OpenSSL.',
    prints: 'error:0480006B:PEM routines::not proc type',
  },
  {
    asks: 'loads',
    when: 'p12-rc2',
    answer: 'no',
    why: 'RC2 is not among OpenSSL 3’s default algorithms; opened by Electron and Java all the same.',
  },
  {
    asks: 'loads',
    when: 'key-of-other-program',
    answer: 'no',
    why: 'The key is in another program’s format, such as OpenSSH’s.',
    prints: 'error:1E08010C:DECODER routines::unsupported',
  },
]

export const opensslSends: readonly Rule[] = [
  {
    asks: 'sends',
    when: 'rare-curve',
    answer: 'no',
    why: 'TLS 1.3 has no signature for this curve: nothing is sent, and in TLS 1.2 the server breaks off.',
  },
]
