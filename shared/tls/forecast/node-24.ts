import { measured } from '../../measured.ts'
import { nodeFiles, nodePairs } from './node-rules.ts'
import { opensslFiles, opensslSends } from './openssl-rules.ts'
import type { Runtime } from './rule.ts'

export const node24: Runtime = {
  id: 'node-24',
  name: 'Node.js 24',
  measured: measured.node24,
  givesTrust: 'Give it the CA as `ca`, in NODE_EXTRA_CA_CERTS, or start it with --use-system-ca.',
  rules: [
    ...nodeFiles,
    {
      asks: 'loads',
      when: 'rsa-under-2048',
      answer: 'no',
      why: 'Its security level wants RSA keys of 2048 bits.',
      prints: 'error:0A00018F:SSL routines::ee key too small',
    },
    ...nodePairs,
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
