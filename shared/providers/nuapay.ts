import type { z } from 'zod'
import type { Profile } from './profile.ts'

/** Nuapay, payments. Rules from its developer pages; no page prescribes a subject, a key or a validity for mutual TLS. */
export const nuapay = {
  format: 1,
  id: 'nuapay',
  name: 'Nuapay',
  summary: 'Account-to-account payments. Mutual TLS secures your calls to the API and the webhooks it sends you.',
  inShort: [
    'You sign the certificate yourself: Nuapay permits self-signed ones, and those of any authority.',
    'No subject, key or validity is prescribed: choose what suits you.',
    'You upload the certificate in the Nuapay Console or by REST, then switch mutual TLS on.',
    'Calls go to port 8443. Another certificate than the one on file is answered with 403.',
    'Up to two certificates may be active, so that you can renew without a gap.',
  ],
  sources: {
    mtls: { title: 'Nuapay: Mutual TLS', url: 'https://developer.nuapay.com/np_secmtls.html' },
    'mtls-ui': { title: 'Nuapay: MTLS UI setup', url: 'https://developer.nuapay.com/np_secmtlsui.html' },
    'mtls-rest': { title: 'Nuapay: MTLS by REST', url: 'https://developer.nuapay.com/np_secmtlsrest.html' },
    webhooks: { title: 'Nuapay: Webhook receiving endpoint', url: 'https://developer.nuapay.com/wh_receivingep.html' },
    received: { title: 'Nuapay: Received payment webhook', url: 'https://developer.nuapay.com/ob_whreceived.html' },
    integration: {
      title: 'Nuapay: API keys and allowed addresses',
      url: 'https://developer.nuapay.com/prod_integrationoverview.html',
    },
    rules: {
      title: 'Nuapay: general rules, addresses and support',
      url: 'https://sentenial.github.io/developer-docs/prod_generalrules.html',
    },
    addresses: { title: 'Nuapay: live and sandbox addresses', url: 'https://developer.nuapay.com/tok_reqtokorg.html' },
  },
  environments: [
    {
      id: 'sandbox',
      name: 'Sandbox',
      kind: 'sandbox',
      host: 'sandbox.nuapay.com',
      port: 8443,
      note: 'Callers with mutual TLS use port 8443.',
      source: 'addresses',
    },
    {
      id: 'live',
      name: 'Live',
      kind: 'live',
      host: 'api.nuapay.com',
      port: 8443,
      note: 'Callers with mutual TLS use port 8443.',
      source: 'addresses',
    },
  ],
  subject: [
    { field: 'C', rule: 'optional', example: 'IE' },
    { field: 'ST', rule: 'optional' },
    { field: 'L', rule: 'optional' },
    { field: 'O', rule: 'optional', example: 'Example Payments Ltd' },
    { field: 'OU', rule: 'optional' },
    {
      field: 'CN',
      rule: 'optional',
      example: 'payments.example.com',
      hint: 'Nuapay prescribes no name. One that tells your certificates apart helps you later.',
    },
  ],
  subjectAltNames: { allowed: true },
  keys: {
    allowed: ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519'],
    recommended: 'rsa-2048',
    reason: 'Nuapay takes any certificate; RSA 2048 is the one that every client library and server can use.',
    source: 'mtls-ui',
  },
  signing: {
    by: 'self',
    offeredDays: [365, 730, 1095],
    who: 'You: a self-signed certificate is permitted',
    maxActive: 2,
    maxActiveSource: 'mtls-rest',
    source: 'mtls-ui',
  },
  submit: {
    steps: [
      'In the Nuapay Console open PKI Management, choose Upload MTLS Certificate and paste the certificate (not the key).',
      'Open API Configuration, tab Access Config, choose Edit, tick MTLS and save.',
      'Or by REST: POST /certificates with the certificate as mtlsCert (PEM, not expired), without a csr beside it.',
    ],
    url: 'https://developer.nuapay.com/np_secmtlsui.html',
    source: 'mtls-ui',
  },
  firstCall: {
    method: 'GET',
    path: '/tpp/',
    says: 'Nuapay names no first call; this asks for the base address of its services. Any answer but 403 shows that the certificate was taken; 401 only means that the API key is still missing.',
    source: 'addresses',
  },
  handover: {
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
  },
  practice: { status: 200, body: { service: 'tpp', status: 'UP' } },
  callsYou: [
    {
      id: 'webhooks',
      name: 'Webhooks',
      says: 'Nuapay presents its certificate when it calls your webhook address, so that your server can tell it is Nuapay.',
      presents: {
        by: 'provider',
        subject: [
          { field: 'O', value: 'Nuapay' },
          { field: 'CN', value: 'webhooks.nuapay.example' },
        ],
        invented: true,
      },
      sample: {
        name: 'PaymentReceived',
        path: '/webhooks',
        headers: [
          { name: 'Content-Type', value: 'application/json;charset=UTF-8' },
          { name: 'X-Request-Id', value: '3f1d2a64-5b7c-4e8f-9a01-b2c3d4e5f607' },
        ],
        body: {
          eventTimestamp: 1_768_469_400_000,
          eventType: 'PaymentReceived',
          resourceReference: 'INVOICE-1001',
          resourceReferenceType: 'EndToEndId',
          resourceUri: '/payments/example1',
          resourceType: 'Payment',
          reasonCode: null,
          resourceOwner: 'example2',
          resourceRemittanceInformation: 'Invoice 1001',
        },
        invented: 'Path and values are made up; the fields and headers are Nuapay’s.',
        source: 'received',
      },
      source: 'mtls',
    },
  ],
  webhooks: {
    signature: { header: 'x-signature', secret: 'Sign key', source: 'webhooks' },
    answerWithinSeconds: 10,
    source: 'webhooks',
  },
  refusals: [
    {
      code: 'certificate.not-on-file',
      says: 'HTTP 403: the certificate presented is not the one stored for you',
      meaning: 'The certificate was not uploaded, was removed, or belongs to the other environment.',
      status: 403,
      source: 'mtls',
    },
    {
      code: 'certificate.expired',
      says: 'The certificate must be active; it has expired',
      meaning: 'Only a certificate that is valid today can be uploaded.',
      source: 'mtls-rest',
    },
    {
      code: 'upload.request-beside-certificate',
      says: 'Rejected: mtlsCert and csr in one request',
      meaning: 'For mutual TLS only the certificate is uploaded; the csr belongs to signing messages (JWS).',
      source: 'mtls-rest',
    },
    {
      code: 'certificate.too-many-active',
      says: 'There are two active MTLS certificates already',
      meaning: 'By default two may be active at a time: remove the older one first.',
      source: 'mtls-rest',
    },
  ],
  renewal: {
    remindDays: 30,
    says: 'Upload the new certificate beside the old one, change over, then remove the old one.',
    source: 'mtls-rest',
  },
} satisfies z.input<typeof Profile>
