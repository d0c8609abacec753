import type { WordsOf } from '../words.ts'

export type TestProblem =
  | { code: 'test.trusted-once'; host: string }
  | { code: 'test.address-unknown'; name: string }
  | { code: 'history.attempt-lost' }
  | { code: 'history.endpoint-lost' }
  | { code: 'history.capture-gone' }
  | { code: 'practice.not-running' }
  | { code: 'practice.refused'; provider: string; says: string; findings: number; next?: string }
  | { code: 'test.no-certificate'; name: string }
  | { code: 'test.no-provider-ca'; name: string }
  | { code: 'test.url-invalid'; url: string }
  | { code: 'test.blank-missing'; label: string }
  | { code: 'test.trust-file-wrong'; name: string }

export const testWords: WordsOf<TestProblem> = {
  'test.trusted-once': (p) => ({
    title: `The certificate of ${p.host} was trusted for one test only`,
    causes: ['It comes from no authority that is trusted here.'],
    next: 'Test by hand and look at it again, or get the CA certificate from the provider.',
  }),
  'test.address-unknown': (p) => ({
    title: `There is no address yet to test “${p.name}” at`,
    causes: ['It was not tested yet, and its provider documents no first call.'],
    next: 'Test it once in the app: the address is remembered.',
  }),
  'history.attempt-lost': () => ({
    title: 'This test is no longer kept',
    causes: ['Only the last 100 tests of an endpoint are kept.', 'Its file is damaged or was removed.'],
    next: 'Test again, or open a newer one.',
  }),
  'history.endpoint-lost': () => ({
    title: 'This endpoint is no longer in the history',
    causes: ['It was taken out, here or in another window.'],
    next: 'Test the address again: it comes back by itself.',
  }),
  'history.capture-gone': () => ({
    title: 'What went over the wire is no longer kept',
    causes: [
      'It is held in memory only, for the last tests of half an hour and until the vault is locked, because with its secrets one can read the request.',
    ],
    next: 'Test again, then save the capture.',
  }),
  'practice.not-running': () => ({
    title: 'The practice provider is not running',
    causes: ['It was stopped, or the app was started anew.'],
    next: 'Start it again; it takes a second.',
  }),
  'practice.refused': (p) => ({
    title: `${p.provider} (practice) refuses the request: ${p.says}`,
    causes: ['The real provider documents the same rule.'],
    next: p.next ?? 'Create a request that follows the rule.',
  }),
  'test.no-certificate': (p) => ({
    title: `“${p.name}” has no certificate to show yet`,
    causes: ['The request was made, but the certificate has not come back.'],
    next: 'Attach the certificate that the provider returned, or test without a certificate.',
  }),
  'test.no-provider-ca': (p) => ({
    title: `No CA of the provider is kept with “${p.name}”`,
    causes: ['Only the certificate itself was returned, and no CA with it.'],
    next: 'Trust the system’s authorities, or give the CA that the provider uses.',
  }),
  'test.url-invalid': (p) => ({
    title: `“${p.url}” is not an address to test`,
    causes: ['It lacks “https://”, has spaces, or names a user.'],
    next: 'Enter an address such as https://api.example.com:8443/path.',
  }),
  'test.blank-missing': (p) => ({
    title: `The call needs your ${p.label}`,
    causes: [],
    next: `Enter the ${p.label} that the provider gave you.`,
  }),
  'test.trust-file-wrong': (p) => ({
    title: `“${p.name}” holds no certificate to trust`,
    causes: ['A CA file holds one or more certificates, as PEM or DER.'],
    next: 'Choose the CA certificate that the provider returned.',
  }),
}
