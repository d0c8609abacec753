import type { WordsOf } from '../words.ts'

export type PolicyProblem =
  | { code: 'policy.broken'; file: string; place: string; field: string; why: string }
  | { code: 'policy.managed'; what: string }
  | { code: 'policy.provider-not-allowed'; provider: string }
  | { code: 'policy.key-unprotected' }
  | { code: 'policy.passphrase-short'; least: number }
  | { code: 'policy.trust-fixed' }

const decides = 'Your organisation has a policy for Countersign on this computer.'

export const policyWords: WordsOf<PolicyProblem> = {
  'policy.broken': (p) => ({
    title: `The policy of this computer cannot be followed: ${p.field} ${p.why}`,
    causes: [
      `The fault is in ${p.file}${p.place === '' ? '' : `, ${p.place}`}. What it would decide is refused until it is mended.`,
    ],
    next: 'Tell whoever looks after this computer. “countersign policy” shows what is wrong.',
  }),
  'policy.managed': (p) => ({
    title: `Your organisation decides this: ${p.what}`,
    causes: [decides],
    next: 'Ask whoever looks after this computer. “countersign policy” shows what is decided.',
  }),
  'policy.provider-not-allowed': (p) => ({
    title: `Your organisation does not offer the provider “${p.provider}” here`,
    causes: [decides],
    next: 'Choose one of the providers that are listed, or ask whoever looks after this computer.',
  }),
  'policy.key-unprotected': () => ({
    title: 'Private keys leave only under a passphrase',
    causes: [decides],
    next: 'Give a passphrase, or choose a form that takes one.',
  }),
  'policy.passphrase-short': (p) => ({
    title: `This passphrase is too short: your organisation asks for ${p.least} characters`,
    causes: [decides],
    next: 'Take a longer one: several words together are easy to remember.',
  }),
  'policy.trust-fixed': () => ({
    title: 'Your organisation decides whom connections trust',
    causes: [decides, 'Then a certificate, a file or an authority of your own is trusted by no connection.'],
    next: 'Trust the roots of this computer, or ask whoever looks after it to add the one you need.',
  }),
}
