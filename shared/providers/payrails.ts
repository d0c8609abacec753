import type { z } from 'zod'
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
  handover: {
    contacts: [
      {
        name: 'Your contact at Payrails',
        says: 'For staging certificates, and for more than two active ones; its address is on the page.',
        source: 'mtls',
      },
    ],
    steps: [
      {
        id: 'upload',
        title: 'Upload the request in the Payrails portal',
        says: 'Organization, System Configurations, mTLS Certificates (in newer portals: Settings, mTLS certificates), with an admin or developer role. It holds for the whole organisation. The certificate downloads at once as domain.pem; two may be active.',
        environments: ['live'],
        seen: ['sent', 'certificate'],
        gives: ['request'],
        source: 'mtls',
      },
      {
        id: 'send',
        title: 'Send the request to your contact at Payrails',
        says: 'The portal is for live; staging goes by message.',
        environments: ['staging'],
        seen: ['sent', 'certificate'],
        gives: ['request'],
        message: {
          to: 'Your contact at Payrails',
          subject: 'mTLS for staging: signing request for {commonName}',
          body: `Hello,

below is our signing request (CSR) for mutual TLS in staging ({apiHost}).

Subject: {subject}
Key: {keyKind}
SHA-256 of the public key: {requestKey}

Return the certificate with the certificates of its issuers, as PEM. The private key stays with us.

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
        says: 'domain.pem is the certificate. The request (domain.csr) in its place is what Payrails’ page calls NO_START_LINE.',
        seen: ['certificate'],
        room: 'certificate',
        source: 'mtls',
      },
      {
        id: 'credentials',
        title: 'Have client ID and client secret at hand',
        says: 'Payrails portal, API credentials; the secret is shown once.',
        seen: ['accepted'],
        source: 'token',
      },
      {
        id: 'test',
        title: 'Fetch an access token',
        says: 'POST /auth/token with the client ID, the client secret as x-api-key, and the certificate.',
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
    ],
  },
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
