import type { z } from 'zod'
import type { HandingOver } from './handing-over.ts'

/** What is left to do with Payrails once the request or the certificate is there, from its pages. */
export const payrailsHandover = {
  contacts: [
    {
      name: 'Your contact at Payrails',
      says: 'For staging certificates, and for more than two active ones; its address is on the page.',
      source: 'mtls',
    },
  ],
  steps: [
    {
      id: 'upload',
      title: 'Upload the request in the Payrails portal',
      says: 'Organization, System Configurations, mTLS Certificates (in newer portals: Settings, mTLS certificates), with an admin or developer role. It holds for the whole organisation. The certificate downloads at once as domain.pem; two may be active.',
      environments: ['live'],
      seen: ['sent', 'certificate'],
      gives: ['request'],
      source: 'mtls',
    },
    {
      id: 'send',
      title: 'Send the request to your contact at Payrails',
      says: 'The portal is for live; staging goes by message.',
      environments: ['staging'],
      seen: ['sent', 'certificate'],
      gives: ['request'],
      message: {
        to: 'Your contact at Payrails',
        subject: 'mTLS for staging: signing request for {commonName}',
        body: `Hello,

below is our signing request (CSR) for mutual TLS in staging ({apiHost}).

Subject: {subject}
Key: {keyKind}
SHA-256 of the public key: {requestKey}

Return the certificate with the certificates of its issuers, as PEM. The private key stays with us.

{requestPem}
Kind regards
[name, company]
`,
      },
      source: 'mtls',
    },
    {
      id: 'bring-home',
      title: 'Bring the certificate home',
      says: 'domain.pem is the certificate. The request (domain.csr) in its place is what Payrails’ page calls NO_START_LINE.',
      seen: ['certificate'],
      room: 'certificate',
      source: 'mtls',
    },
    {
      id: 'credentials',
      title: 'Have client ID and client secret at hand',
      says: 'Payrails portal, API credentials; the secret is shown once.',
      seen: ['accepted'],
      source: 'token',
    },
    {
      id: 'test',
      title: 'Fetch an access token',
      says: 'POST /auth/token with the client ID, the client secret as x-api-key, and the certificate.',
      seen: ['accepted'],
      room: 'test',
      source: 'mtls',
    },
    {
      id: 'export',
      title: 'Hand key and certificate to your service',
      says: 'In the form that it loads; the passphrase goes another way than the files.',
      seen: ['exported'],
      room: 'export',
    },
  ],
} satisfies z.input<typeof HandingOver>
