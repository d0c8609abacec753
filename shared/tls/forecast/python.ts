import { measured } from '../../measured.ts'
import { opensslFiles, opensslSends } from './openssl-rules.ts'
import type { Runtime } from './rule.ts'

const pemLib = '[SSL] PEM lib (_ssl.c)'

export const python: Runtime = {
  id: 'python',
  name: 'Python requests',
  measured: measured.python,
  givesTrust: 'Give it the CA as verify="ca.pem".',
  rules: [
    {
      asks: 'loads',
      when: 'pkcs12',
      answer: 'no',
      why: '`cert` takes PEM; PKCS#12 needs another package. Export PEM.',
      documented: true,
    },
    { asks: 'loads', when: 'not-pem', answer: 'no', why: '`cert` takes PEM only.', prints: pemLib },
    { asks: 'loads', when: 'not-readable', answer: 'no', why: 'The file is no PEM that it can read.', prints: pemLib },
    {
      asks: 'loads',
      when: 'key-encrypted',
      answer: 'no',
      why: 'requests has no place for a passphrase: OpenSSL asks the terminal, and fails where there is none.',
      prints: pemLib,
    },
    {
      asks: 'loads',
      when: 'rsa-under-2048',
      answer: 'no',
      why: 'Debian’s security level wants RSA keys of 2048 bits.',
      prints: '[SSL: EE_KEY_TOO_SMALL] ee key too small',
    },
    {
      asks: 'loads',
      when: 'weak-signature',
      answer: 'no',
      why: 'OpenSSL 3.0 refuses SHA-1 and MD5 in certificates.',
      prints: '[SSL: CA_MD_TOO_WEAK] ca md too weak',
    },
    {
      asks: 'loads',
      when: 'key-differs',
      answer: 'no',
      why: 'The private key does not belong to the certificate.',
      prints: '[X509: KEY_VALUES_MISMATCH] key values mismatch',
    },
    {
      asks: 'loads',
      when: 'key-kind-differs',
      answer: 'no',
      why: 'The private key is of another kind than the certificate’s.',
      prints: '[SSL: NO_CERTIFICATE_ASSIGNED] no certificate assigned',
    },
    ...opensslFiles,
    {
      asks: 'sends',
      when: 'asks-later',
      answer: 'partly',
      why: 'urllib3 offers to be asked after the handshake, as hardly any other client does.',
    },
    ...opensslSends,
    {
      asks: 'trusts',
      when: 'server-root-missing',
      answer: 'no',
      why: 'It wants the root, not only an intermediate.',
      prints: 'certificate verify failed: unable to get issuer certificate',
    },
    {
      asks: 'trusts',
      when: 'server-common-name-only',
      answer: 'partly',
      why: 'urllib3 1.26 reads the common name; urllib3 2 does not.',
      documented: true,
    },
    {
      asks: 'trusts',
      when: 'server-weak-signature',
      answer: 'no',
      why: 'OpenSSL refuses SHA-1 in a server’s certificate.',
      prints: 'certificate verify failed: CA signature digest algorithm too weak',
    },
    {
      asks: 'trusts',
      when: 'server-rsa-under-2048',
      answer: 'no',
      why: 'Debian’s security level wants RSA keys of 2048 bits.',
      prints: 'certificate verify failed: EE certificate key too weak',
    },
  ],
}
