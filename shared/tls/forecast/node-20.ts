import { measured } from '../../measured.ts'
import { nodeFiles, nodePairs } from './node-rules.ts'
import { opensslFiles, opensslSends } from './openssl-rules.ts'
import type { Runtime } from './rule.ts'

export const node20: Runtime = {
  id: 'node-20',
  name: 'Node.js 20',
  measured: measured.node20,
  givesTrust: 'Give it the CA as `ca`, or in NODE_EXTRA_CA_CERTS.',
  rules: [
    ...nodeFiles,
    { asks: 'loads', when: 'p12-no-mac', answer: 'no', why: 'It wants a bundle with a MAC.', prints: 'mac absent' },
    {
      asks: 'loads',
      when: 'p12-pbmac1',
      answer: 'no',
      why: 'OpenSSL 3.0 does not know PBMAC1; 3.4 does.',
      documented: true,
    },
    {
      asks: 'loads',
      when: 'weak-signature',
      answer: 'no',
      why: 'OpenSSL 3.0 refuses SHA-1 and MD5 in certificates.',
      prints: 'error:0A00018E:SSL routines::ca md too weak',
    },
    ...nodePairs,
    ...opensslFiles,
    ...opensslSends,
    {
      asks: 'trusts',
      when: 'server-root-missing',
      answer: 'no',
      why: 'It wants the root, not only an intermediate.',
      prints: 'unable to get issuer certificate',
    },
    {
      asks: 'trusts',
      when: 'server-weak-signature',
      answer: 'no',
      why: 'OpenSSL refuses SHA-1 in a server’s certificate.',
      prints: 'CA signature digest algorithm too weak',
    },
  ],
}
