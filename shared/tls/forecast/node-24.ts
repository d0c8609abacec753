import { noStartLine, opensslFiles, opensslSends } from './openssl-rules.ts'
import type { Runtime } from './rule.ts'

export const node24: Runtime = {
  id: 'node-24',
  name: 'Node.js 24',
  measured: 'Node 24.21.0 with OpenSSL 3.5',
  givesTrust: 'Give it the CA as `ca`, in NODE_EXTRA_CA_CERTS, or start it with --use-system-ca.',
  rules: [
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
    {
      asks: 'loads',
      when: 'rsa-under-2048',
      answer: 'no',
      why: 'Its security level wants RSA keys of 2048 bits.',
      prints: 'error:0A00018F:SSL routines::ee key too small',
    },
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
    ...opensslFiles,
    ...opensslSends,
    {
      asks: 'trusts',
      when: 'server-root-missing',
      answer: 'partly',
      why: 'It wants the root, unless it is told `allowPartialTrustChain`.',
      prints: 'unable to get issuer certificate',
    },
    {
      asks: 'trusts',
      when: 'server-weak-signature',
      answer: 'no',
      why: 'OpenSSL refuses SHA-1 in a server’s certificate.',
      prints: 'CA signature digest algorithm too weak',
    },
    {
      asks: 'trusts',
      when: 'server-rsa-under-2048',
      answer: 'no',
      why: 'Its security level wants RSA keys of 2048 bits.',
      prints: 'EE certificate key too weak',
    },
  ],
}
