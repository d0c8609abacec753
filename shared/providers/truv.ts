import type { z } from 'zod'
import type { Profile, WebhookSample } from './profile.ts'
import { truvHandover } from './truv-handover.ts'

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
  handover: truvHandover,
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
