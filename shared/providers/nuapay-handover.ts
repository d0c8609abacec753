import type { z } from 'zod'
import type { HandingOver } from './handing-over.ts'

/** What is left to do with Nuapay once the request or the certificate is there, from its pages. */
export const nuapayHandover = {
  contacts: [
    {
      name: 'Nuapay API support',
      email: 'api.support@nuapay.com',
      says: 'Also makes API keys. For menus that you cannot see in the Console ask your account manager.',
      source: 'rules',
    },
  ],
  steps: [
    { id: 'sign', title: 'Sign the certificate yourself', seen: ['certificate'], room: 'request', source: 'mtls-ui' },
    {
      id: 'upload',
      title: 'Upload the certificate',
      says: 'In the Nuapay Console: PKI Management, Upload MTLS Certificate, paste the certificate (never the key), Upload MTLS Certificate. The menu is there for those who have the permission; your account manager gives it.\nOr by REST, with the request below.',
      seen: ['accepted'],
      gives: ['certificate'],
      request: {
        method: 'POST',
        path: '/tpp/certificates',
        port: 443,
        headers: [
          { name: 'Content-Type', value: 'application/json' },
          { name: 'Accept', value: 'application/json' },
        ],
        basic: { user: '{nuapayApiKey}' },
        body: '{"mtlsCert":"{certificatePem}"}',
        blanks: [{ id: 'nuapayApiKey', label: 'API key of Nuapay' }],
        says: 'Only mtlsCert: with a csr beside it the request is rejected. Port 443, because mutual TLS is not on yet; later calls go to 8443. Made from an allowed address. The page names the endpoint, and the addresses page the base it is under.',
      },
      source: 'mtls-rest',
    },
    {
      id: 'switch-on',
      title: 'Switch mutual TLS on',
      says: 'In the Console: API Configuration, tab Access Config, Edit, tick MTLS, Save.',
      source: 'mtls-ui',
    },
    {
      id: 'own-addresses',
      title: 'Have your own addresses allowed',
      says: 'Nuapay takes calls only from addresses that you have named: in the Console, or through the onboarding team.',
      message: {
        to: 'The onboarding team of Nuapay, or api.support@nuapay.com',
        subject: 'Allowed addresses and mutual TLS, {environmentName}',
        body: `Hello,

our calls to {apiHost} in {environmentName} come from these addresses; allow them for our account:

[addresses, one a line]

The calls use mutual TLS on port 8443 and present this certificate:

Subject: {subject}
Valid until: {validUntil}
SHA-256 fingerprint: {fingerprint}

Kind regards
[name, merchant or partner id]
`,
      },
      source: 'integration',
    },
    {
      id: 'test',
      title: 'Make the first call, on port 8443',
      says: 'A 403 means that another certificate was presented than the one on file. A 401 means that the certificate was taken and the API key is missing.',
      seen: ['accepted'],
      room: 'test',
      source: 'addresses',
    },
    {
      id: 'export',
      title: 'Hand key and certificate to your service',
      says: 'In the form that it loads; the passphrase goes another way than the files.',
      seen: ['exported'],
      room: 'export',
    },
    {
      id: 'webhook-certificate',
      direction: 'calls-you',
      call: 'webhooks',
      title: 'Learn which certificate Nuapay’s webhooks present',
      says: 'Nuapay presents its certificate and asks for yours. No page names its subject or its authority (CA): ask, before your server demands it.',
      message: {
        to: 'api.support@nuapay.com',
        subject: 'Webhooks with mutual TLS, {environmentName}',
        body: `Hello,

our server is to accept your webhooks in {environmentName} by their client certificate. Tell us:

1. Which certificate do they present: subject, issuer, and until when is it valid?
2. Which authority (CA) shall our server trust for it? Send its certificate as PEM.
3. From which addresses do they come?
4. How far ahead do you announce that the certificate changes?

Our webhook address: [https://…]

Kind regards
[name, merchant or partner id]
`,
      },
      source: 'mtls',
    },
    {
      id: 'server',
      direction: 'calls-you',
      call: 'webhooks',
      title: 'Set your server up to demand it',
      says: 'Their authority (CA), their name, and what else your server checks.',
      room: 'server',
    },
    {
      id: 'signature',
      direction: 'calls-you',
      call: 'webhooks',
      title: 'Check x-signature of every webhook, and answer within 10 seconds',
      says: 'HMAC-SHA256 of the raw body in hex, keyed with your sign key.',
      room: 'listen',
      source: 'webhooks',
    },
    {
      id: 'door',
      direction: 'calls-you',
      call: 'webhooks',
      title: 'Check that nobody else comes in',
      says: 'The door check calls your address with no certificate, with strange ones and with the right one.',
      room: 'door',
    },
    {
      id: 'arrived',
      direction: 'calls-you',
      call: 'webhooks',
      title: 'Wait for the first webhook',
      seen: ['webhook'],
      room: 'listen',
    },
  ],
} satisfies z.input<typeof HandingOver>
