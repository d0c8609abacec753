import type { z } from 'zod'
import type { Profile, WebhookSample } from './profile.ts'

/** The fields are those of Truv’s page on task events, the values are made up. */
const taskEvent = {
  name: 'task-status-updated',
  path: '/webhooks/truv',
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'User-Agent', value: 'Truv-Webhook-Service/2.0' },
  ],
  body: {
    webhook_id: '0a1b2c3d4e5f46718293a4b5c6d7e8f9',
    task_id: '11112222333344445555666677778888',
    link_id: '9999aaaabbbbccccddddeeeeffff0000',
    product: 'income',
    data_source: 'payroll',
    tracking_info: null,
    event_type: 'task-status-updated',
    event_created_at: '2026-01-15T09:30:00.000000Z',
    updated_at: '2026-01-15T09:30:00.000000+00:00',
    status: 'done',
    user_id: 'abcdabcdabcdabcdabcdabcdabcdabcd',
    template_id: null,
  },
  invented: 'Path and values are made up; the fields and headers are Truv’s.',
  source: 'events',
} satisfies z.input<typeof WebhookSample>

/** Truv, income and employment data. Rules from its API reference. */
export const truv = {
  format: 1,
  id: 'truv',
  name: 'Truv',
  summary: 'Income, employment and insurance data. Mutual TLS secures your API calls and, if you wish, its webhooks.',
  inShort: [
    'You send a signing request (CSR) in which everything is prescribed but your name in the common name.',
    'Truv signs it; the certificate is valid for one year.',
    'Keys: RSA or EC, signed with SHA-256.',
    'Sandbox and production have a host of their own, and three addresses each for your firewall.',
    'Calls also carry your client ID and access key; Truv Support switches mutual TLS on for your account.',
  ],
  sources: {
    mtls: { title: 'Truv: mTLS', url: 'https://truv.com/docs/api-reference/mtls' },
    authentication: { title: 'Truv: Authentication', url: 'https://truv.com/docs/api-reference/authentication' },
    webhooks: { title: 'Truv: Webhook security', url: 'https://truv.com/docs/api-reference/security' },
    'webhook-setup': { title: 'Truv: Webhooks', url: 'https://docs.truv.com/api-reference/webhooks' },
    events: { title: 'Truv: Task events', url: 'https://docs.truv.com/api-reference/tasks/events' },
  },
  environments: [
    {
      id: 'sandbox',
      name: 'Sandbox',
      kind: 'sandbox',
      host: 'api-sandbox-mtls.truv.com',
      allowList: ['44.235.37.104', '35.83.220.165', '52.38.209.190'],
      source: 'mtls',
    },
    {
      id: 'production',
      name: 'Production',
      kind: 'live',
      host: 'api-mtls.truv.com',
      allowList: ['35.167.32.174', '35.165.53.192', '54.71.147.242'],
      source: 'mtls',
    },
  ],
  questions: [
    {
      id: 'name',
      label: 'Your name at Truv',
      hint: 'Becomes part of the common name. Use the short company name you agreed with Truv.',
      example: 'acme',
      pattern: '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?',
      patternSays: 'one part of a host name: lower-case letters, digits and inner hyphens',
      source: 'mtls',
    },
  ],
  subject: [
    {
      field: 'C',
      rule: 'fixed',
      value: 'US',
      hint: 'Truv’s own address, prescribed for every client.',
      source: 'mtls',
    },
    { field: 'ST', rule: 'fixed', value: 'Florida', source: 'mtls' },
    { field: 'L', rule: 'fixed', value: 'Miami', source: 'mtls' },
    { field: 'O', rule: 'fixed', value: 'Truv Inc', hint: 'Truv’s own name, not yours.', source: 'mtls' },
    { field: 'CN', rule: 'derived', value: 'api-mtls.{name}.truv.com', source: 'mtls' },
  ],
  subjectAltNames: { allowed: true },
  keys: {
    allowed: ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384', 'ec-p521'],
    // The app signs with SHA-384 and SHA-512 for the larger curves; Truv's page names SHA-256.
    named: ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256'],
    recommended: 'ec-p256',
    reason: 'Truv names RSA and ECDSA with SHA-256; EC P-256 is the small and fast one of these.',
    source: 'mtls',
  },
  signing: {
    by: 'provider',
    days: 365,
    who: 'Truv, after you send the request',
    returns: [{ file: 'CERT.pem', meaning: 'Your certificate, signed by Truv.' }],
    source: 'mtls',
  },
  submit: {
    steps: [
      'Send the request file to Truv through your contact at Truv Support.',
      'Ask them to enable mutual TLS for your account.',
      'Let the addresses of the environment through your firewall.',
    ],
    url: 'https://truv.com/docs/api-reference/mtls',
    source: 'mtls',
  },
  firstCall: {
    method: 'GET',
    path: '/v1/orders/',
    headers: [
      { name: 'X-Access-Client-Id', value: '{clientId}' },
      { name: 'X-Access-Secret', value: '{accessKey}' },
    ],
    blanks: [
      { id: 'clientId', label: 'Client ID', secret: false, hint: 'Truv Dashboard, Development, API Keys.' },
      {
        id: 'accessKey',
        label: 'Access key',
        secret: true,
        hint: 'Begins with “sandbox-” or “prod-”, for the environment it belongs to.',
      },
    ],
    says: 'Lists your orders. An empty list is a good answer.',
    source: 'authentication',
  },
  handover: {
    contacts: [
      { name: 'Truv Support', says: 'The page names no address: write to your contact there.', source: 'mtls' },
    ],
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
  },
  practice: { status: 200, body: { count: 0, next: null, previous: null, results: [] } },
  callsYou: [
    {
      id: 'webhooks-own',
      name: 'Webhooks with Truv’s certificate',
      says: 'Truv presents its certificate for mtls-prod.truv.com, and your server is set to trust it.',
      presents: { by: 'provider', subject: [{ field: 'CN', value: 'mtls-prod.truv.com' }] },
      sample: taskEvent,
      source: 'mtls',
    },
    {
      id: 'webhooks-signed',
      name: 'Webhooks with a certificate of yours',
      says: 'Truv sends you a signing request; you issue the certificate that Truv then presents to your server.',
      youSign: {
        certificate: 'truv-webhooks.crt',
        authority: 'ca.crt',
        purposes: ['clientAuth'],
        source: 'mtls',
      },
      presents: {
        by: 'you',
        subject: [
          { field: 'O', value: 'Truv Inc' },
          { field: 'CN', value: 'webhooks.truv.example' },
        ],
        invented: true,
      },
      sample: taskEvent,
      source: 'mtls',
    },
    {
      id: 'webhooks-signature',
      name: 'Webhook signature',
      says: 'Each webhook carries X-WEBHOOK-SIGN: v1= and the HMAC-SHA256 of the raw body in hex, keyed with your access key.',
      source: 'webhooks',
    },
  ],
  webhooks: {
    signature: { header: 'X-WEBHOOK-SIGN', prefix: 'v1=', secret: 'Access key', source: 'webhooks' },
    answerWithinSeconds: 10,
    source: 'webhooks',
  },
  renewal: { remindDays: 30, says: 'The certificate lasts one year: send a new request in good time.', source: 'mtls' },
} satisfies z.input<typeof Profile>
