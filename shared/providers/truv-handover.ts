import type { z } from 'zod'
import type { HandingOver } from './handing-over.ts'

/** What is left to do with Truv once the request or the certificate is there, from its pages. */
export const truvHandover = {
  contacts: [{ name: 'Truv Support', says: 'The page names no address: write to your contact there.', source: 'mtls' }],
  steps: [
    {
      id: 'send',
      title: 'Send the request to Truv Support',
      says: 'Truv signs it; the certificate is valid for one year. Ask in the same message to have mutual TLS switched on.',
      seen: ['sent', 'certificate'],
      gives: ['request'],
      message: {
        to: 'Truv Support',
        subject: 'mTLS for {environmentName}: signing request for {commonName}',
        body: `Hello,

below is our signing request (CSR) for mutual TLS in {environmentName} ({apiHost}).

Subject: {subject}
Key: {keyKind}
SHA-256 of the public key: {requestKey}

1. Sign it and return the certificate with the certificates of its issuers, as PEM.
2. Switch mutual TLS on for our account in {environmentName}, and tell us from when it counts.

The private key stays with us.

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
      seen: ['certificate'],
      room: 'certificate',
      source: 'mtls',
    },
    {
      id: 'switch-on',
      title: 'Mutual TLS is switched on for your account',
      says: 'Truv Support finishes the set-up. A call that was accepted on the mTLS host shows that it is.',
      seen: ['accepted'],
      source: 'mtls',
    },
    {
      id: 'firewall',
      title: 'Let the addresses of {environmentName} through your firewall',
      gives: ['firewall'],
      source: 'mtls',
    },
    {
      id: 'credentials',
      title: 'Have client ID and access key at hand',
      says: 'Truv Dashboard, Development, API Keys; each environment has its own.',
      seen: ['accepted'],
      source: 'authentication',
    },
    {
      id: 'test',
      title: 'Make the first call: GET /v1/orders/',
      says: 'An empty list is a good answer.',
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
    {
      id: 'webhook-own',
      direction: 'calls-you',
      call: 'webhooks-own',
      title: 'Put Truv’s certificate on your server',
      says: 'Truv presents its certificate for mtls-prod.truv.com. Ask which authority (CA) your server shall trust for it, and what it is in the sandbox: the page names production only.',
      message: {
        to: 'Truv Support',
        subject: 'Webhooks with mTLS, {environmentName}',
        body: `Hello,

our server is to accept your webhooks in {environmentName} by their client certificate (mtls-prod.truv.com). Tell us:

1. Which certificate do they present in {environmentName}: subject, issuer, and until when is it valid?
2. Which authority (CA) shall our server trust for it? Send its certificate as PEM.
3. How far ahead do you announce that the certificate changes?

Our webhook address: [https://…]

Kind regards
[name, company]
`,
      },
      source: 'mtls',
    },
    {
      id: 'webhook-sign',
      direction: 'calls-you',
      call: 'webhooks-signed',
      title: 'Sign the request that Truv sends',
      says: 'In place of Truv’s own certificate: Truv sends a signing request (CSR), and your authority (CA) issues the certificate.',
      seen: ['signed'],
      room: 'sign',
      source: 'mtls',
    },
    {
      id: 'webhook-return',
      direction: 'calls-you',
      call: 'webhooks-signed',
      title: 'Hand back truv-webhooks.crt and ca.crt',
      message: {
        to: 'Truv Support',
        subject: 'Signed certificate for your webhooks to us, {environmentName}',
        body: `Hello,

attached are the files for your webhooks to us in {environmentName}:

- truv-webhooks.crt: the certificate for your request
- ca.crt: our authority (CA)

Our webhook address: [https://…]
Tell us when you present it, so that we can watch the first call.

Kind regards
[name, company]
`,
      },
      source: 'mtls',
    },
    {
      id: 'server',
      direction: 'calls-you',
      title: 'Set your server up to demand the certificate',
      says: 'Its authority (CA), the name mtls-prod.truv.com, or for a certificate of yours your own CA and the name in it.',
      room: 'server',
      source: 'mtls',
    },
    {
      id: 'webhook-address',
      direction: 'calls-you',
      title: 'Enter your address in the Truv Dashboard',
      says: 'Development, Webhooks; sandbox and production each have their own. The addresses that webhooks come from are on the page on webhook security. Custom headers (client ID, client secret) are set up by Truv Support.',
      source: 'webhook-setup',
    },
    {
      id: 'signature',
      direction: 'calls-you',
      call: 'webhooks-signature',
      title: 'Check X-WEBHOOK-SIGN of every webhook, and answer within 10 seconds',
      says: 'v1= and HMAC-SHA256 of the raw body in hex, keyed with your access key.',
      room: 'listen',
      source: 'webhooks',
    },
    {
      id: 'door',
      direction: 'calls-you',
      title: 'Check that nobody else comes in',
      says: 'The door check calls your address with no certificate, with strange ones and with the right one.',
      room: 'door',
    },
    {
      id: 'arrived',
      direction: 'calls-you',
      title: 'Wait for the first webhook',
      seen: ['webhook'],
      room: 'listen',
    },
  ],
} satisfies z.input<typeof HandingOver>
