import type { z } from 'zod'
import type { HandingOver } from './handing-over.ts'

/** What is left to do with Apata once the request or the certificate is there, from its pages. */
export const apataHandover = {
  contacts: [
    {
      name: 'Apata support',
      says: 'By encrypted e-mail or the account portal. With a problem they want error logs and the details of the certificate.',
      source: 'mtls',
    },
  ],
  steps: [
    {
      id: 'send',
      title: 'Send the request to Apata support',
      says: 'Over a secure channel: encrypted e-mail, or the account portal.',
      seen: ['sent', 'certificate'],
      gives: ['request'],
      message: {
        to: 'Apata support',
        subject: 'Signing request for mutual TLS: {commonName}',
        body: `Hello,

below is our signing request (CSR) for calls to {apiHost} with mutual TLS.

Subject: {subject}
Key: {keyKind}
SHA-256 of the public key: {requestKey}

Return client.crt and apata_ca.crt. The private key stays with us.

{requestPem}
Kind regards
[name, company]
`,
      },
      source: 'mtls',
    },
    {
      id: 'bring-home',
      title: 'Bring client.crt and apata_ca.crt home',
      says: 'client.crt is presented on every call; apata_ca.crt checks Apata’s server.',
      seen: ['certificate'],
      room: 'certificate',
      source: 'mtls',
    },
    {
      id: 'test',
      title: 'Make the first call',
      seen: ['accepted'],
      room: 'test',
      source: 'mtls',
    },
    {
      id: 'simulator',
      title: 'Try it in Apata’s Merchant Simulator',
      says: 'Before going live. Log the handshakes of your client: that tells on which side a connection failed.',
      source: 'mtls',
    },
    {
      id: 'export',
      title: 'Hand key and certificate to your service',
      says: 'In the form that it loads; the passphrase goes another way than the files.',
      seen: ['exported'],
      room: 'export',
    },
    {
      id: 'outbound-ask',
      direction: 'calls-you',
      call: 'outbound',
      title: 'Get apata.csr from Apata',
      says: 'For Card Link, OOB webhooks and the Finalised Event. Apata makes the request; its key stays there.',
      seen: ['signed'],
      message: {
        to: 'Apata support',
        subject: 'Mutual TLS for your calls to us',
        body: `Hello,

our server is to accept your calls (Card Link, OOB webhooks, Finalised Event) by a client certificate of our authority.

1. Send us your signing request (apata.csr), and its SHA-256 by another way, so that we can compare.
2. From which addresses do the calls come?

Our address: [https://…]

Kind regards
[name, company]
`,
      },
      source: 'mtls',
    },
    {
      id: 'outbound-sign',
      direction: 'calls-you',
      call: 'outbound',
      title: 'Sign apata.csr with your authority',
      says: 'Apata’s example uses 365 days. The certificate made here is of version 3 with the use clientAuth, which the example’s command leaves out.',
      seen: ['signed'],
      room: 'sign',
      source: 'mtls',
    },
    {
      id: 'outbound-return',
      direction: 'calls-you',
      call: 'outbound',
      title: 'Hand back apata-outbound.crt and ca.crt',
      says: 'ca.crt for a private authority (CA).',
      message: {
        to: 'Apata support',
        subject: 'Signed certificate for your calls to us',
        body: `Hello,

attached are the files for your calls to us:

- apata-outbound.crt: the certificate for apata.csr
- ca.crt: our authority (CA)

Our address: [https://…]
Tell us when you present it, so that we can watch the first call.

Kind regards
[name, company]
`,
      },
      source: 'mtls',
    },
    {
      id: 'outbound-configure',
      direction: 'calls-you',
      call: 'outbound',
      title: 'Add both files to your webhook configuration at Apata',
      says: 'apata-outbound.crt and your CA. An answer is waited for 10 seconds.',
      source: 'mtls',
    },
    {
      id: 'server',
      direction: 'calls-you',
      call: 'outbound',
      title: 'Set your server up to demand it',
      says: 'Trust your own authority (CA) for callers, and the name in the certificate.',
      room: 'server',
    },
    {
      id: 'door',
      direction: 'calls-you',
      call: 'outbound',
      title: 'Check that nobody else comes in',
      says: 'The door check calls your address with no certificate, with strange ones and with the right one.',
      room: 'door',
    },
    {
      id: 'arrived',
      direction: 'calls-you',
      call: 'outbound',
      title: 'Wait for the first call',
      seen: ['webhook'],
      room: 'listen',
    },
  ],
} satisfies z.input<typeof HandingOver>
