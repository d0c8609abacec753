import type { WordsOf } from '../words.ts'

export type ProviderProblem =
  | { code: 'plan.breaks-rules'; findings: number; first: string }
  | { code: 'plan.provider-unknown'; provider: string }
  | { code: 'plan.environment-unknown'; provider: string; environment: string }
  | { code: 'provider.file-wrong'; name: string; field: string; why: string }
  | { code: 'provider.id-taken'; id: string }
  | { code: 'provider.built-in'; provider: string }
  | { code: 'attach.is-request'; name: string }
  | { code: 'attach.is-own-request'; name: string }
  | { code: 'attach.is-private-key'; name: string }
  | { code: 'attach.no-certificate'; name: string; found: string }
  | { code: 'attach.no-identity'; name: string; subject: string }
  | { code: 'attach.other-identity'; name: string; belongsTo: string }
  | { code: 'attach.needs-consent'; name: string; findings: number }
  | { code: 'issue.request-unproven' }
  | { code: 'issue.signature-unknown'; algorithm: string }
  | { code: 'issue.key-weak'; key: string; least: string }
  | { code: 'issue.nobody-named' }
  | { code: 'issue.authority-over'; notAfter: string }
  | { code: 'issue.authority-unfit' }

export const providerWords: WordsOf<ProviderProblem> = {
  'plan.breaks-rules': (p) => ({
    title: p.findings === 1 ? p.first : `${p.findings} answers would be refused: ${p.first}`,
    causes: ['The provider documents these rules and refuses requests that break them.'],
    next: 'Change the marked answers.',
  }),
  'plan.provider-unknown': (p) => ({
    title: `There is no provider “${p.provider}”`,
    causes: ['A misspelt name, or a provider file that was removed.'],
    next: 'Choose one of the listed providers, or add a provider file.',
  }),
  'plan.environment-unknown': (p) => ({
    title: `${p.provider} has no environment “${p.environment}”`,
    causes: ['Environments differ from provider to provider.'],
    next: 'Choose one of the environments listed for this provider.',
  }),
  'provider.file-wrong': (p) => ({
    title: `“${p.name}” is not a usable provider file: ${p.field} ${p.why}`,
    causes: ['The field is missing, misspelt or of another form.'],
    next: `Correct “${p.field}” in the file and add it again.`,
  }),
  'provider.id-taken': (p) => ({
    title: `A provider with the id “${p.id}” is there already`,
    causes: ['Built-in providers cannot be replaced by a file.'],
    next: 'Change the id in the file.',
  }),
  'provider.built-in': (p) => ({
    title: `${p.provider} is part of Countersign and cannot be removed`,
    causes: [],
    next: 'Only providers that were added from a file can be removed.',
  }),
  'attach.is-request': (p) => ({
    title: `“${p.name}” is a signing request (CSR), not a certificate`,
    causes: ['The request is what you send; the certificate is what comes back.'],
    next: 'Choose the file that the provider returned: it begins with “BEGIN CERTIFICATE”.',
  }),
  'attach.is-own-request': (p) => ({
    title: `“${p.name}” is the signing request you sent, not the certificate`,
    causes: ['Both files often lie in the same folder under similar names.'],
    next: 'Choose the file that the provider returned: it begins with “BEGIN CERTIFICATE”.',
  }),
  'attach.is-private-key': (p) => ({
    title: `“${p.name}” holds a private key, not a certificate`,
    causes: ['The key file lies beside the certificate under a similar name.'],
    next: 'Choose the certificate. A private key never needs to be sent or received here.',
  }),
  'attach.no-certificate': (p) => ({
    title: `“${p.name}” holds no certificate, but ${p.found}`,
    causes: ['Another file was returned or chosen.'],
    next: 'Choose the certificate that the provider returned.',
  }),
  'attach.no-identity': (p) => ({
    title: `No identity here has the key of this certificate (${p.subject})`,
    causes: [
      'It was issued for a request made elsewhere, or for an older request of yours.',
      'It is somebody else’s certificate, or only the provider’s own CA.',
    ],
    next: 'Ask the provider for the certificate that belongs to the request shown on the identity’s page.',
  }),
  'attach.other-identity': (p) => ({
    title: `This certificate belongs to “${p.belongsTo}”, not to the identity on show`,
    causes: ['Two requests were sent, and the answers were mixed up.'],
    next: `Open “${p.belongsTo}” and attach it there.`,
  }),
  'attach.needs-consent': (p) => ({
    title: `“${p.name}” fits the identity but is not as it should be`,
    causes: [`${p.findings === 1 ? 'One thing' : `${p.findings} things`} about it would make calls fail.`],
    next: 'Read the findings. Attach it anyway, or ask the provider for a new one.',
  }),
  'issue.request-unproven': () => ({
    title: 'The request’s own signature is wrong',
    causes: ['The request was altered after it was made, or was made with two keys that do not belong together.'],
    next: 'Create the request anew and send that.',
  }),
  'issue.signature-unknown': (p) => ({
    title: `The request is signed with ${p.algorithm}, which cannot be checked here`,
    causes: ['An outdated algorithm such as MD5, or one that few programs know.'],
    next: 'Create the request anew with SHA-256.',
  }),
  'issue.key-weak': (p) => ({
    title: `The request’s key is too weak: ${p.key}, and at least ${p.least} is needed`,
    causes: ['The request is old, or was made with outdated settings.'],
    next: 'Create a new key, RSA 2048 or EC P-256 or stronger, and a new request.',
  }),
  'issue.nobody-named': () => ({
    title: 'The request names nobody',
    causes: ['Its subject is empty, and it asks for no alternative name.'],
    next: 'Create the request anew with a common name (CN).',
  }),
  'issue.authority-over': (p) => ({
    title: `The authority’s certificate is not valid now (it ends ${p.notAfter.slice(0, 10)})`,
    causes: ['It has expired, or this computer’s clock is wrong.'],
    next: 'Check the clock, or create a new authority.',
  }),
  'issue.authority-unfit': () => ({
    title: 'The certificate to sign with is not an authority’s',
    causes: ['Its basic constraints do not say CA, or the certificate is damaged.'],
    next: 'Choose an authority, or create one.',
  }),
}
