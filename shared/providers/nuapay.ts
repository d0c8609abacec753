import type { z } from 'zod'
import { nuapayHandover } from './nuapay-handover.ts'
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
  handover: nuapayHandover,
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
