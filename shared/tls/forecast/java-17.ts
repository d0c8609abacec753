import { measured } from '../../measured.ts'
import type { Runtime } from './rule.ts'

export const java17: Runtime = {
  id: 'java-17',
  name: 'Java 17',
  measured: measured.java17,
  givesTrust: 'Import the CA into a trust store with keytool.',
  rules: [
    {
      asks: 'loads',
      when: 'pem',
      answer: 'partly',
      why: 'Key stores are PKCS#12 or JKS; PEM needs code or a library. Export a PKCS#12.',
    },
    { asks: 'loads', when: 'not-pem', answer: 'partly', why: 'A key comes from a PKCS#12 or JKS. Export a PKCS#12.' },
    {
      asks: 'loads',
      when: 'p12-no-key',
      answer: 'no',
      why: 'The key store opens and has no entry with a key: nothing is sent, and nothing is said.',
    },
    {
      asks: 'loads',
      when: 'p12-pbmac1',
      answer: 'no',
      why: 'PBMAC1 is read by JDK 26 and later.',
      prints: 'java.security.NoSuchAlgorithmException: Algorithm HmacPBE1.2.840.113549.1.5.14 not available',
      documented: true,
    },
    {
      asks: 'sends',
      when: 'issuer-not-listed',
      answer: 'no',
      why: 'No issuer in the chain is on the server’s list of authorities, so it keeps the certificate back.',
      prints: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_required',
    },
    {
      asks: 'sends',
      when: 'rare-curve',
      answer: 'no',
      why: 'It has no signature for this curve.',
      prints: 'No supported CertificateVerify signature algorithm for EC key',
    },
  ],
}
