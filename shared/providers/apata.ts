import type { z } from 'zod'
import { apataHandover } from './apata-handover.ts'
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
  handover: apataHandover,
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
