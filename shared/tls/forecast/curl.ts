import { measured } from '../../measured.ts'
import { opensslFiles, opensslSends } from './openssl-rules.ts'
import type { Runtime } from './rule.ts'

const couldNotLoad = 'curl: (58) could not load PEM client certificate'

export const curl: Runtime = {
  id: 'curl',
  name: 'curl with OpenSSL 3',
  measured: measured.curl,
  givesTrust: 'Give it the CA with --cacert.',
  rules: [
    {
      asks: 'loads',
      when: 'not-pem',
      answer: 'partly',
      why: 'PEM is expected: --cert-type DER says otherwise.',
      prints: couldNotLoad,
    },
    {
      asks: 'loads',
      when: 'not-readable',
      answer: 'no',
      why: 'The file is no PEM that it can read.',
      prints: couldNotLoad,
    },
    {
      asks: 'loads',
      when: 'p12-rc2',
      answer: 'no',
      why: 'RC2 is not among OpenSSL 3’s default algorithms.',
      prints:
        'curl: (58) could not parse PKCS12 file, check password, OpenSSL error error:0308010C:digital envelope routines::unsupported',
    },
    {
      asks: 'loads',
      when: 'p12-no-mac',
      answer: 'no',
      why: 'It wants a bundle with a MAC.',
      prints:
        'curl: (58) could not parse PKCS12 file, check password, OpenSSL error error:1180006C:PKCS12 routines::mac absent',
    },
    {
      asks: 'loads',
      when: 'p12-pbmac1',
      answer: 'no',
      why: 'OpenSSL 3.0 does not know PBMAC1; 3.4 does.',
      documented: true,
    },
    {
      asks: 'loads',
      when: 'rsa-under-2048',
      answer: 'no',
      why: 'Debian’s security level wants RSA keys of 2048 bits.',
      prints: `${couldNotLoad} … ee key too small`,
    },
    {
      asks: 'loads',
      when: 'weak-signature',
      answer: 'no',
      why: 'OpenSSL 3.0 refuses SHA-1 and MD5 in certificates.',
      prints: `${couldNotLoad} … ca md too weak`,
    },
    {
      asks: 'loads',
      when: 'key-differs',
      answer: 'no',
      why: 'The private key does not belong to the certificate.',
      prints: 'curl: (58) unable to set private key file',
    },
    {
      asks: 'loads',
      when: 'key-kind-differs',
      answer: 'no',
      why: 'The private key is of another kind than the certificate’s.',
      prints: 'curl: (58) Private key does not match the certificate public key',
    },
    ...opensslFiles,
    {
      asks: 'sends',
      when: 'asks-later',
      answer: 'partly',
      why: 'curl offers to be asked after the handshake, as hardly any other client does.',
    },
    ...opensslSends,
    {
      asks: 'trusts',
      when: 'server-weak-signature',
      answer: 'no',
      why: 'OpenSSL refuses SHA-1 in a server’s certificate.',
      prints: 'curl: (60) SSL certificate problem: CA signature digest algorithm too weak',
    },
    {
      asks: 'trusts',
      when: 'server-rsa-under-2048',
      answer: 'no',
      why: 'Debian’s security level wants RSA keys of 2048 bits.',
      prints: 'curl: (60) SSL certificate problem: EE certificate key too weak',
    },
  ],
}
