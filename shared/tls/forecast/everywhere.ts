import type { Rule } from './rule.ts'

/** What every runtime that was measured does alike. A runtime’s own rules come first. */
export const everywhere: readonly Rule[] = [
  {
    asks: 'loads',
    when: 'not-readable',
    answer: 'no',
    why: 'The file is not what this slot takes, or its text is spoilt: the inspector says how.',
  },
  { asks: 'loads', when: 'passphrase-wrong', answer: 'no', why: 'The passphrase does not open it.' },
  { asks: 'loads', when: 'p12-no-key', answer: 'no', why: 'The bundle holds no private key.' },
  { asks: 'loads', when: 'key-differs', answer: 'no', why: 'The private key does not belong to the certificate.' },
  {
    asks: 'loads',
    when: 'key-encrypted',
    answer: 'partly',
    why: 'The key is encrypted: only with its passphrase.',
  },
  { asks: 'sends', when: 'never-asks', answer: 'no', why: 'This server does not ask for a certificate.' },
  {
    asks: 'sends',
    when: 'asks-later',
    answer: 'no',
    why: 'The server asks after the handshake, which this client does not offer.',
  },
  {
    asks: 'sends',
    when: 'no-common-signature',
    answer: 'no',
    why: 'The server accepts no signature that this key can make: the answer to its request is empty.',
  },
  {
    asks: 'trusts',
    when: 'server-self-signed',
    answer: 'no',
    why: 'The server’s certificate is self-signed and not among those trusted.',
  },
  {
    asks: 'trusts',
    when: 'server-chain-short',
    answer: 'no',
    why: 'The server leaves out its intermediate, and nothing here fetches it.',
  },
  {
    asks: 'trusts',
    when: 'server-authority-unknown',
    answer: 'no',
    why: 'The server’s authority is not among those trusted.',
  },
  { asks: 'trusts', when: 'server-expired', answer: 'no', why: 'A certificate of the server has expired.' },
  {
    asks: 'trusts',
    when: 'server-not-yet-valid',
    answer: 'no',
    why: 'A certificate of the server is not valid yet.',
  },
  { asks: 'trusts', when: 'server-wrong-name', answer: 'no', why: 'The server’s certificate is for another name.' },
  { asks: 'trusts', when: 'server-wrong-purpose', answer: 'no', why: 'The server’s certificate is not for servers.' },
  { asks: 'trusts', when: 'server-old-tls', answer: 'no', why: 'The server speaks only versions of TLS before 1.2.' },
]
