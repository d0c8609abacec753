import { measured } from '../../measured.ts'
import type { Runtime } from './rule.ts'

const noPem = 'tls: failed to find any PEM data in certificate input'

export const go: Runtime = {
  id: 'go',
  name: 'Go',
  measured: measured.go,
  givesTrust: 'Give it the CA as RootCAs.',
  rules: [
    {
      asks: 'loads',
      when: 'old-label',
      answer: 'no',
      why: 'It knows a certificate by the name of today only.',
      prints: 'tls: failed to find "CERTIFICATE" PEM block in certificate input',
    },
    {
      asks: 'loads',
      when: 'pkcs12',
      answer: 'partly',
      why: 'Its own library reads PEM; PKCS#12 needs another package. Export PEM.',
    },
    { asks: 'loads', when: 'not-pem', answer: 'no', why: 'It takes PEM only.', prints: noPem },
    { asks: 'loads', when: 'not-readable', answer: 'no', why: 'The file is no PEM that it can read.', prints: noPem },
    { asks: 'loads', when: 'byte-order-mark', answer: 'no', why: 'A byte order mark is not skipped.', prints: noPem },
    {
      asks: 'loads',
      when: 'key-encrypted',
      answer: 'no',
      why: 'Its own library opens no encrypted key: decrypt it first.',
      prints: 'tls: failed to parse private key',
    },
    {
      asks: 'loads',
      when: 'key-of-other-program',
      answer: 'no',
      why: 'The key is in another program’s format, such as OpenSSH’s.',
      prints: 'tls: failed to parse private key',
    },
    {
      asks: 'loads',
      when: 'key-differs',
      answer: 'no',
      why: 'The private key does not belong to the certificate.',
      prints: 'tls: private key does not match public key',
    },
    {
      asks: 'loads',
      when: 'key-kind-differs',
      answer: 'no',
      why: 'The private key is of another kind than the certificate’s.',
      prints: 'tls: private key type does not match public key type',
    },
    {
      asks: 'loads',
      when: 'rare-curve',
      answer: 'no',
      why: 'It knows P-224, P-256, P-384 and P-521 only.',
      prints: 'x509: unsupported elliptic curve',
    },
    {
      asks: 'loads',
      when: 'ed448',
      answer: 'no',
      why: 'It does not know Ed448.',
      prints: 'tls: failed to parse private key',
    },
    {
      asks: 'loads',
      when: 'rsa-pss',
      answer: 'no',
      why: 'It does not know keys that are for RSA-PSS only.',
      prints: 'tls: failed to parse private key',
    },
    {
      asks: 'sends',
      when: 'issuer-not-listed',
      answer: 'no',
      why: 'No issuer in the chain is on the server’s list of authorities, so it keeps the certificate back.',
      prints: 'remote error: tls: certificate required',
    },
    {
      asks: 'sends',
      when: 'asks-anew',
      answer: 'no',
      why: 'The server asks in a second handshake, which Go takes no part in.',
      prints: 'local error: tls: no renegotiation',
    },
    {
      asks: 'trusts',
      when: 'server-common-name-only',
      answer: 'no',
      why: 'It does not read the common name.',
      prints: 'x509: certificate relies on legacy Common Name field, use SANs instead',
    },
    {
      asks: 'trusts',
      when: 'server-weak-signature',
      answer: 'no',
      why: 'It refuses SHA-1 in certificates.',
      prints: 'x509: cannot verify signature: insecure algorithm',
    },
  ],
}
