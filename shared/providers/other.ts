import type { z } from 'zod'
import type { Profile } from './profile.ts'

/** Any provider without a profile: nothing is prescribed but a common name, which is what most servers look at. */
export const other = {
  format: 1,
  id: 'other',
  name: 'Other provider',
  summary: 'Any other service that asks for a client certificate. You fill in what its page says.',
  inShort: [
    'For a provider that is not listed: you enter what its page asks for.',
    'Only the common name is required; the rest of the subject is free.',
    'Any key; RSA 2048 and EC P-256 are the safe choices.',
    'The provider signs your request, or you sign the certificate yourself.',
    'Any host and path can be tested. For its own rules, add a provider file in Settings.',
  ],
  sources: {
    rfc5280: { title: 'RFC 5280, X.509 certificates', url: 'https://www.rfc-editor.org/rfc/rfc5280' },
    rfc9325: { title: 'RFC 9325, recommendations for TLS', url: 'https://www.rfc-editor.org/rfc/rfc9325' },
  },
  environments: [
    { id: 'test', name: 'Test', kind: 'sandbox', host: '{host}', note: 'Whatever the provider calls its test system.' },
    { id: 'live', name: 'Live', kind: 'live', host: '{host}' },
  ],
  questions: [
    {
      id: 'host',
      label: 'Host of the API',
      hint: 'Used for the test call only; it can be left open and entered later.',
      example: 'api.example.com',
      kind: 'host',
      optional: true,
      pattern: '[a-z0-9.-]{1,253}',
      patternSays: 'a host name such as api.example.com',
    },
  ],
  subject: [
    { field: 'C', rule: 'optional', example: 'IE' },
    { field: 'ST', rule: 'optional' },
    { field: 'L', rule: 'optional' },
    { field: 'O', rule: 'optional', example: 'Example Ltd' },
    { field: 'OU', rule: 'optional' },
    {
      field: 'CN',
      rule: 'required',
      example: 'client.example.com',
      hint: 'What the provider’s page asks for; often your host name or a client ID.',
    },
    { field: 'emailAddress', rule: 'optional' },
    {
      field: 'serialNumber',
      rule: 'optional',
      hint: 'Of the subject, such as a company registration number; rarely asked for.',
    },
  ],
  subjectAltNames: { allowed: true },
  keys: {
    allowed: ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519'],
    recommended: 'rsa-2048',
    reason: 'Every server takes RSA 2048. EC P-256 is as good, smaller and faster where the provider accepts EC keys.',
    source: 'rfc9325',
  },
  signing: {
    by: 'provider',
    offeredDays: [365, 730, 1095],
    who: 'The provider, after you send the request',
  },
  submit: {
    steps: [
      'Send the request file to the provider in the way its page describes.',
      'The provider returns a certificate, often with its CA beside it.',
    ],
  },
  firstCall: {
    method: 'GET',
    path: '/',
    says: 'Asks for the start page. Change method and path to a call that the provider documents.',
  },
  practice: { status: 200, body: { status: 'ok' } },
  renewal: { remindDays: 30 },
} satisfies z.input<typeof Profile>
