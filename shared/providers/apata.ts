import type { z } from 'zod'
import type { Profile } from './profile.ts'

/**
 * Apata, card authentication. Its page asks for a common name that is exactly the host used to connect, so name and
 * host are one answer here and cannot come apart.
 */
export const apata = {
  format: 1,
  id: 'apata',
  name: 'Apata',
  summary: 'Card authentication (3-D Secure) for issuers. Mutual TLS secures your calls to Apata and its calls to you.',
  inShort: [
    'You send a signing request (CSR) to Apata support over a secure channel.',
    'Keys: RSA only, 2048 bits or more.',
    'Country, organisation and common name are required; the common name is exactly the host you connect to.',
    'Apata signs it and returns your certificate and its own CA.',
    'Plan the renewal 30 days before expiry. When Apata calls you, you sign its request.',
  ],
  sources: {
    mtls: { title: 'Apata: Mutual TLS Setup', url: 'https://docs.apata.com/docs/mutual-tls-setup' },
    finalised: { title: 'Apata: Finalised Event', url: 'https://docs.apata.com/docs/finalised-event' },
    webhooks: { title: 'Apata: Configuring Webhooks', url: 'https://docs.apata.com/docs/webhooks' },
  },
  environments: [
    {
      id: 'live',
      name: 'Live',
      kind: 'live',
      host: '{host}',
      note: 'Apata asks you to try mutual TLS in its Merchant Simulator before you go live.',
      source: 'mtls',
    },
  ],
  questions: [
    {
      id: 'host',
      label: 'Host you connect to',
      hint: 'Apata’s page shows api.apata.io. Change it if Apata gave you a host of your own: the common name must be the same.',
      example: 'api.apata.io',
      default: 'api.apata.io',
      kind: 'host',
      pattern: '[a-z0-9.-]{1,64}',
      patternSays: 'a host name of 64 characters at most, such as api.apata.io',
      source: 'mtls',
    },
  ],
  subject: [
    { field: 'C', rule: 'required', example: 'IE', source: 'mtls' },
    { field: 'ST', rule: 'optional', example: 'Dublin', source: 'mtls' },
    { field: 'L', rule: 'optional', example: 'Dublin', source: 'mtls' },
    { field: 'O', rule: 'required', example: 'My Company Inc.', source: 'mtls' },
    { field: 'OU', rule: 'optional', example: 'IT', source: 'mtls' },
    {
      field: 'CN',
      rule: 'derived',
      value: '{host}',
      hint: 'Exactly the host name used to connect.',
      source: 'mtls',
    },
  ],
  subjectAltNames: { allowed: true },
  keys: {
    allowed: ['rsa-2048', 'rsa-3072', 'rsa-4096'],
    recommended: 'rsa-2048',
    reason: 'Apata takes RSA from 2048 bits; 4096 is supported but not asked for, and slows each connection down.',
    source: 'mtls',
  },
  signing: {
    by: 'provider',
    who: 'Apata support, after you send the request',
    returns: [
      { file: 'client.crt', meaning: 'Your certificate, to present on every call.' },
      { file: 'apata_ca.crt', meaning: 'Apata’s CA; use it to check Apata’s server.' },
    ],
    source: 'mtls',
  },
  submit: {
    steps: [
      'Send the request file to Apata support by encrypted e-mail or through the account portal.',
      'Apata returns client.crt and apata_ca.crt.',
      'Try it in Apata’s Merchant Simulator before going live.',
    ],
    url: 'https://docs.apata.com/docs/mutual-tls-setup',
    source: 'mtls',
  },
  firstCall: {
    method: 'POST',
    path: '/',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    body: '{"message":"Test"}',
    says: 'Posts a small JSON message, as in Apata’s example.',
    source: 'mtls',
  },
  handover: {
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
  },
  practice: { status: 200, body: { status: 'ok', received: 'Test' } },
  callsYou: [
    {
      id: 'outbound',
      name: 'Card Link, OOB webhooks, Finalised Event',
      says: 'Apata sends apata.csr; you sign it with your authority and return apata-outbound.crt and, for a private authority, ca.crt.',
      youSign: {
        request: 'apata.csr',
        certificate: 'apata-outbound.crt',
        authority: 'ca.crt',
        days: 365,
        purposes: ['clientAuth'],
        source: 'mtls',
      },
      presents: {
        by: 'you',
        subject: [
          { field: 'O', value: 'Apata' },
          { field: 'CN', value: 'outbound.apata.example' },
        ],
        invented: true,
      },
      sample: {
        name: 'Finalised Event',
        path: '/webhooks/apata',
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        body: {
          transaction: {
            id: '00000000-0000-4000-8000-000000000001',
            dsTransactionId: '00000000-0000-4000-8000-000000000002',
            threeDsServerTransactionId: '00000000-0000-4000-8000-000000000003',
            state: 'SUCCEEDED',
            amount: 1000,
            currency: 'EUR',
            merchantName: 'Example Shop',
            merchantCountry: 'IRL',
            mcc: '5999',
            wasChallenged: false,
            wasFrictionless: true,
            date: '2026-01-15T09:30:00Z',
          },
          challenges: [],
          card: {},
        },
        invented: 'Path and values are made up, and most fields are left out; those that are there are Apata’s.',
        source: 'finalised',
      },
      source: 'mtls',
    },
  ],
  webhooks: { answerWithinSeconds: 10, source: 'webhooks' },
  refusals: [
    {
      code: 'key.too-small',
      says: 'CSR rejected: the RSA key has fewer than 2048 bits',
      meaning: 'Make a new key of 2048 bits or more, and a new request.',
      source: 'mtls',
    },
    {
      code: 'key.not-allowed',
      says: 'CSR rejected: the key algorithm must be RSA',
      meaning: 'Make a new RSA key, and a new request.',
      source: 'mtls',
    },
    {
      code: 'subject.missing',
      says: 'CSR rejected: Country, Organisation and Common Name must be filled in',
      meaning: 'Fill in all three, in a new request.',
      source: 'mtls',
    },
    {
      code: 'certificate.expired',
      says: 'Connection error: the certificate has expired',
      meaning: 'Ask Apata for a new certificate; plan it 30 days ahead.',
      source: 'mtls',
    },
    {
      code: 'certificate.name-differs',
      says: 'Connection error: the Common Name does not match the host being connected to',
      meaning: 'Connect to the host in the common name, or ask for a certificate with the right one.',
      source: 'mtls',
    },
  ],
  renewal: { remindDays: 30, says: 'Apata asks to plan renewals at least 30 days before expiry.', source: 'mtls' },
} satisfies z.input<typeof Profile>
