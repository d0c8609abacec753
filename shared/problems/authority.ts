import type { WordsOf } from '../words.ts'

export type AuthorityProblem =
  | { code: 'authority.no-such' }
  | { code: 'authority.use-declined'; name: string }
  | { code: 'authority.key-elsewhere'; name: string }
  | { code: 'authority.already-here'; name: string }
  | { code: 'authority.nothing-to-bring'; name: string; missing: 'certificate' | 'key' }
  | { code: 'authority.key-differs'; name: string; certificate: string }
  | { code: 'authority.not-a-ca'; name: string; why: string }
  | { code: 'sign.needs-consent'; findings: number; first: string }
  | { code: 'sign.choice-wrong'; field: string; why: string }
  | { code: 'sign.own-key'; name: string }
  | { code: 'sign.not-yours'; provider: string }
  | { code: 'sign.unproven'; why: string }
  | { code: 'sign.key-broken'; why: string }
  | { code: 'sign.plan-gone' }
  | { code: 'sign.differs'; field: string; shown: string; issued: string }
  | { code: 'issued.no-such' }
  | { code: 'hand-back.no-certificate' }
  | { code: 'hand-back.not-good'; reason: string; next: string }

export const authorityWords: WordsOf<AuthorityProblem> = {
  'authority.no-such': () => ({
    title: 'This authority is no longer here',
    causes: ['It was removed, or the vault is another one.'],
    next: 'Choose an authority from the list.',
  }),
  'authority.use-declined': ({ name }) => ({
    title: `The key of “${name}” was not used`,
    causes: ['The question before its use was answered with Cancel.'],
    next: 'Sign again and allow it, or turn off “Ask before each use” for this authority.',
  }),
  'authority.key-elsewhere': ({ name }) => ({
    title: `“${name}” has no key here`,
    causes: ['Its key is with a signing service or in a token, which signs certificates but not this.'],
    next: 'Do it at the signing service, or with the program that came with the token.',
  }),
  'authority.already-here': ({ name }) => ({
    title: `This authority is here already, as “${name}”`,
    causes: ['Its certificate was brought or made before.'],
    next: `Open “${name}” in the list.`,
  }),
  'authority.nothing-to-bring': ({ name, missing }) => ({
    title: missing === 'key' ? `No private key in ${name}` : `No authority’s certificate in ${name}`,
    causes: [
      missing === 'key'
        ? 'An authority that signs here needs its private key; its certificate alone only verifies.'
        : 'The files hold a private key, but no certificate of an authority beside it.',
    ],
    next: 'Choose key and certificate together, a PKCS#12 bundle with both, or the folder that holds them.',
  }),
  'authority.key-differs': ({ name, certificate }) => ({
    title: `The private key in ${name} does not belong to the certificate of ${certificate}`,
    causes: ['The key was renewed, or belongs to another authority.'],
    next: 'Choose the key that was used when this certificate was made.',
  }),
  'authority.not-a-ca': ({ name, why }) => ({
    title: `${name} is not a certificate that may sign others`,
    causes: [why],
    next: 'Choose the certificate of the authority itself (CA:TRUE, with the key usage keyCertSign).',
  }),
  'sign.needs-consent': ({ findings, first }) => ({
    title: first,
    causes: findings > 1 ? [`${findings} points of this certificate want a decision of yours.`] : [],
    next: 'Accept each point, or change what will be issued.',
  }),
  'sign.choice-wrong': ({ field, why }) => ({
    title: `${field} cannot be issued like this`,
    causes: [why],
    next: 'Change the value, take what the request asks for, or leave it out.',
  }),
  'sign.own-key': ({ name }) => ({
    title: `The request is made with the key of “${name}” itself`,
    causes: ['An authority that certifies its own key for other uses puts that key at risk with each of them.'],
    next: 'Ask for a request that is made with a key of its own.',
  }),
  'sign.not-yours': ({ provider }) => ({
    title: `${provider} sends you no request to sign`,
    causes: ['By its page it brings a certificate of its own when it calls you.'],
    next: 'Choose another provider, or sign without a provider’s rules.',
  }),
  'sign.unproven': ({ why }) => ({
    title: 'The request does not prove that its sender has the key',
    causes: [why === '' ? 'It was altered on the way, or is signed with another key than the one in it.' : why],
    next: 'Ask for the request again, as a file, and compare its fingerprint by another way.',
  }),
  'sign.key-broken': ({ why }) => ({
    title: 'The key of the request protects nothing',
    causes: [why],
    next: 'Ask for a request with a new key.',
  }),
  'sign.plan-gone': () => ({
    title: 'What was to be signed is no longer at hand',
    causes: ['It was signed already, or waited for more than an hour.'],
    next: 'Look at the request once more, and sign it then.',
  }),
  'sign.differs': ({ field, shown, issued }) => ({
    title: `The signed certificate differs from what was shown: ${field}`,
    causes: [`Shown: ${shown || 'nothing'}. Signed: ${issued || 'nothing'}.`],
    next: 'Nothing was kept. Report this with the request, which holds no secret.',
  }),
  'issued.no-such': () => ({
    title: 'This certificate is no longer in the book',
    causes: ['Its authority was removed.'],
    next: 'Choose a certificate from the list.',
  }),
  'hand-back.no-certificate': () => ({
    title: 'The book has only the entry of this certificate, not the certificate itself',
    causes: ['It was taken over from an index of OpenSSL that names certificates without holding them.'],
    next: 'Find the file by its serial number where it was issued.',
  }),
  'hand-back.not-good': ({ reason, next }) => ({
    title: `A server would not accept this certificate: ${reason}`,
    causes: ['The folder was checked as a server checks it, before anything was saved.'],
    next,
  }),
}
