import type { IdentityDetail, IdentitySummary } from '../../../shared/identity.ts'
import type { Facts } from '../../../shared/pki/facts.ts'

/** Identities in each state, with dates that follow the day on which they are looked at. */

const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString().replace(/\.\d+Z/, 'Z')

const pem = (label: string, lines: number) =>
  `-----BEGIN ${label}-----\n${Array.from({ length: lines }, (_, at) => 'MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ'.slice(0, at === lines - 1 ? 40 : 64)).join('\n')}\n-----END ${label}-----\n`

const hex = (seed: string) => Array.from({ length: 64 }, (_, at) => seed[at % seed.length]).join('')

type Person = Pick<
  IdentitySummary,
  'handle' | 'name' | 'provider' | 'providerName' | 'environment' | 'environmentName'
> &
  Partial<IdentitySummary> & { commonName: string; made: number; from?: number; to?: number }

function summary({ made, from, to, ...person }: Person): IdentitySummary {
  return {
    state: to === undefined ? 'requested' : 'ready',
    key: 'ec-p256',
    keptBy: 'keychain',
    createdAt: inDays(made),
    ...(from === undefined ? {} : { notBefore: inDays(from) }),
    ...(to === undefined ? {} : { notAfter: inDays(to) }),
    practice: false,
    spkiSha256: hex(person.handle),
    ...person,
  }
}

export const people: IdentitySummary[] = [
  summary({
    handle: 'aaaa0001',
    name: 'Acme live',
    provider: 'payrails',
    providerName: 'Payrails',
    environment: 'live',
    environmentName: 'Live',
    commonName: 'api.acme.payrails.io',
    key: 'rsa-4096',
    made: -2,
    from: -1,
    to: 3649,
    lastTest: { at: inDays(-1), outcome: 'accepted', title: 'Accepted: the server answered 200' },
  }),
  summary({
    handle: 'aaaa0002',
    name: 'Truv production',
    provider: 'truv',
    providerName: 'Truv',
    environment: 'production',
    environmentName: 'Production',
    commonName: 'api-mtls.acme.truv.com',
    made: -360,
    from: -353,
    to: 12.5,
    lastTest: { at: inDays(-40), outcome: 'accepted', title: 'Accepted: the server answered 200' },
  }),
  summary({
    handle: 'aaaa0003',
    name: 'Truv sandbox',
    provider: 'truv',
    providerName: 'Truv',
    environment: 'sandbox',
    environmentName: 'Sandbox',
    commonName: 'api-mtls.acme.truv.com',
    made: -3,
  }),
  summary({
    handle: 'aaaa0004',
    name: 'Apata issuer gateway, Dublin data centre, blue side',
    provider: 'apata',
    providerName: 'Apata',
    environment: 'live',
    environmentName: 'Live',
    commonName: 'api.apata.io',
    key: 'rsa-2048',
    made: -380,
    from: -370,
    to: -5,
    lastTest: { at: inDays(-4), outcome: 'refused', title: 'Refused: the server says the certificate has expired' },
  }),
  summary({
    handle: 'aaaa0005',
    name: 'Nuapay sandbox',
    provider: 'nuapay',
    providerName: 'Nuapay',
    environment: 'sandbox',
    environmentName: 'Sandbox',
    commonName: 'payments.acme.example',
    key: 'rsa-2048',
    made: -200,
    from: -200,
    to: 165,
    practice: true,
  }),
]

const dn = (cn: string) => `CN=${cn},O=Acme Payments GmbH,ST=Berlin,C=DE`

const facts = (one: IdentitySummary): Facts => ({
  version: 3,
  subject: dn(one.commonName ?? one.name),
  keyAlgorithm: one.key.startsWith('rsa') ? 'RSA' : 'EC',
  keyBits: one.key.startsWith('rsa') ? Number(one.key.slice(4)) : 256,
  curve: one.key.startsWith('rsa') ? undefined : 'prime256v1',
  signatureAlgorithm: one.key.startsWith('rsa') ? 'sha256WithRSAEncryption' : 'ecdsa-with-SHA256',
  subjectAltNames: [`DNS:${one.commonName}`],
  sha256: hex('3fa85c'),
  spkiSha256: one.spkiSha256,
})

const issuer = (one: IdentitySummary) => `CN=${one.providerName} Issuing CA 2,O=${one.providerName}`

/** The page of one identity, made up from its line in the list. */
export function detail(one: IdentitySummary): IdentityDetail {
  const certified = one.notAfter !== undefined
  const certificate: Facts = {
    ...facts(one),
    issuer: issuer(one),
    serialHex: '4C1F0A77B20E55D9',
    notBefore: one.notBefore,
    notAfter: one.notAfter,
    extendedKeyUsage: ['clientAuth'],
  }
  return {
    ...one,
    plan: {
      provider: one.provider,
      environment: one.environment,
      name: one.name,
      answers: { name: 'acme', company: 'acme', host: 'api.apata.io' },
      subject: { C: 'DE', ST: 'Berlin', O: 'Acme Payments GmbH', CN: one.commonName },
      subjectAltNames: [],
      key: one.key,
    },
    requestPem: pem('CERTIFICATE REQUEST', 9),
    requestFacts: { ...facts(one), version: 1 },
    ...(certified ? { certificatePem: pem('CERTIFICATE', 18), certificateFacts: certificate } : {}),
    chain: certified
      ? [
          {
            pem: pem('CERTIFICATE', 14),
            facts: {
              subject: issuer(one),
              issuer: `CN=${one.providerName} Root CA,O=${one.providerName}`,
              notBefore: inDays(-900),
              notAfter: inDays(2700),
              sha256: hex('9b1'),
              isCa: true,
            },
          },
        ]
      : [],
    findings:
      one.handle === 'aaaa0004'
        ? [
            {
              code: 'certificate.expired',
              severity: 'refuses',
              message: 'The certificate has expired: servers refuse it.',
              next: 'Renew it.',
              source: { title: 'Apata: Mutual TLS Setup', url: 'https://docs.apata.com/docs/mutual-tls-setup' },
            },
          ]
        : [],
    remembered: [],
    history: [
      { at: one.createdAt, what: 'created' },
      ...(one.notBefore
        ? [{ at: one.notBefore, what: 'attached' as const, detail: 'domain.pem, issued by a CA of the provider' }]
        : []),
      ...(one.lastTest ? [{ at: one.lastTest.at, what: 'tested' as const, detail: one.lastTest.title }] : []),
    ],
  }
}

export const signed = (one: IdentityDetail, days: number): IdentityDetail =>
  detail({ ...one, state: 'ready', notBefore: inDays(0), notAfter: inDays(days), practice: true })
