import type { z } from 'zod'
import { payrailsHandover } from './payrails-handover.ts'
import type { Profile } from './profile.ts'

/** Payrails, payment orchestration. Both common names come from one answer; their word order differs. */
export const payrails = {
  format: 1,
  id: 'payrails',
  name: 'Payrails',
  summary: 'Payment orchestration. Mutual TLS secures your calls to the Payrails API, for the whole organisation.',
  inShort: [
    'You upload a signing request (CSR) in the Payrails portal; the certificate downloads at once.',
    'Country, state, organisation and common name are required.',
    'The common name is the API host of your company, spelt differently for staging and live.',
    'The certificate is valid for ten years; that cannot be changed.',
    'At most two certificates may be active. The first call fetches an access token.',
  ],
  sources: {
    mtls: { title: 'Payrails: mTLS Configuration', url: 'https://docs.payrails.com/docs/mtls-configuration' },
    token: { title: 'Payrails: Request an access token', url: 'https://docs.payrails.com/reference/getoauthtoken' },
  },
  environments: [
    {
      id: 'staging',
      name: 'Staging',
      kind: 'staging',
      host: '{company}-api.staging.payrails.io',
      note: 'The portal issues live certificates; for staging ask your contact at Payrails.',
      source: 'mtls',
    },
    { id: 'live', name: 'Live', kind: 'live', host: 'api.{company}.payrails.io', source: 'mtls' },
  ],
  questions: [
    {
      id: 'company',
      label: 'Your company in Payrails addresses',
      hint: 'The word that stands for your company in the API host, such as acme in api.acme.payrails.io.',
      example: 'acme',
      pattern: '[a-z0-9](?:[a-z0-9-]{0,57}[a-z0-9])?',
      patternSays: 'one part of a host name: lower-case letters, digits and inner hyphens',
      source: 'mtls',
    },
  ],
  subject: [
    {
      field: 'C',
      rule: 'required',
      example: 'DE',
      hint: 'Two-letter country code (ISO 3166-1 alpha-2).',
      source: 'mtls',
    },
    { field: 'ST', rule: 'required', example: 'Berlin', hint: 'The full name, not a short form.', source: 'mtls' },
    { field: 'L', rule: 'optional' },
    { field: 'O', rule: 'required', example: 'Example Payments GmbH', source: 'mtls' },
    { field: 'OU', rule: 'optional' },
    {
      field: 'CN',
      rule: 'derived',
      value: { staging: '{company}-api.staging.payrails.io', live: 'api.{company}.payrails.io' },
      hint: 'The host of the Payrails API for your company in this environment.',
      source: 'mtls',
    },
  ],
  subjectAltNames: { allowed: true },
  keys: {
    allowed: ['rsa-4096', 'rsa-3072', 'rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521'],
    named: ['rsa-4096'],
    recommended: 'rsa-4096',
    reason: 'Payrails’ own command makes RSA 4096; other keys are neither offered nor excluded by its page.',
    source: 'mtls',
  },
  signing: {
    by: 'self-service',
    days: 3650,
    who: 'Payrails, at once, when you upload the request in its portal',
    returns: [{ file: 'domain.pem', meaning: 'Your certificate; the portal keeps it for later download.' }],
    maxActive: 2,
    maxActiveSource: 'mtls',
    source: 'mtls',
  },
  submit: {
    steps: [
      'Sign in to the Payrails portal with an admin or developer role.',
      'Open Organization, System Configurations, mTLS Certificates (in newer portals: Settings, mTLS certificates).',
      'Create a certificate by uploading the request; the certificate downloads by itself.',
    ],
    url: 'https://docs.payrails.com/docs/mtls-configuration',
    source: 'mtls',
  },
  firstCall: {
    method: 'POST',
    path: '/auth/token/{clientId}',
    headers: [
      { name: 'accept', value: 'application/json' },
      { name: 'x-api-key', value: '{clientSecret}' },
    ],
    blanks: [
      { id: 'clientId', label: 'Client ID', secret: false, hint: 'Payrails portal, API credentials.' },
      {
        id: 'clientSecret',
        label: 'Client secret',
        secret: true,
        hint: 'Shown once when the credentials are made.',
      },
    ],
    says: 'Fetches an access token for the API.',
    source: 'mtls',
  },
  handover: payrailsHandover,
  practice: { status: 200, body: { access_token: 'practice-token', token_type: 'Bearer', expires_in: 3600 } },
  refusals: [
    {
      code: 'certificate.is-request',
      says: 'error:0900006e:PEM routines:OPENSSL_internal:NO_START_LINE',
      meaning: 'The signing request (domain.csr) was given where the certificate (domain.pem) belongs.',
      source: 'mtls',
    },
    {
      code: 'certificate.too-many-active',
      says: 'There are two active certificates already',
      meaning: 'Revoke one in the portal first, or ask Payrails for more.',
      source: 'mtls',
    },
  ],
  renewal: {
    remindDays: 30,
    says: 'Two certificates may be active: put the new one to use before you revoke the old one.',
    source: 'mtls',
  },
} satisfies z.input<typeof Profile>
