import { rfc5280 } from '../pki/finding-sources.ts'
import type { PlanIssue } from './plan-row.ts'

type Words = Pick<PlanIssue, 'severity' | 'message' | 'next' | 'needsConsent' | 'source'>

/** Points that a plan may raise, with their words; `what` names the thing meant. */
const issues = {
  'sign.asks-authority': () => ({
    severity: 'warns',
    needsConsent: true,
    message: 'The request asks to become an authority (CA:TRUE). It will not: the certificate says CA:FALSE.',
    next: 'Ask the sender why. A client’s request has no reason to ask for it.',
    source: rfc5280('4.2.1.9'),
  }),
  'sign.asks-to-sign': () => ({
    severity: 'warns',
    needsConsent: true,
    message: 'The request asks for a key that signs certificates or revocation lists. These uses are left out.',
    next: 'Ask the sender why. A client’s request has no reason to ask for it.',
    source: rfc5280('4.2.1.3'),
  }),
  'sign.cannot-prove': () => ({
    severity: 'warns',
    needsConsent: false,
    message: 'Without digitalSignature the certificate cannot be used in TLS 1.3, nor to prove a client in TLS 1.2.',
    next: 'Add digitalSignature.',
    source: rfc5280('4.2.1.3'),
  }),
  'sign.foreign-use': (what) => ({
    severity: 'warns',
    needsConsent: true,
    message: `The certificate could be used for more than was meant: ${what}.`,
    next: 'Set the use to client authentication alone.',
    source: rfc5280('4.2.1.12'),
  }),
  'sign.asks-foreign-use': (what) => ({
    severity: 'notes',
    needsConsent: false,
    message: `The request asks for ${what}, which is not issued.`,
  }),
  'sign.use-left-out': (what) => ({
    severity: 'warns',
    needsConsent: false,
    message: `The request asks for ${what}, which is never issued from here.`,
    source: rfc5280('4.2.1.12'),
  }),
  'sign.any-use': () => ({
    severity: 'warns',
    needsConsent: true,
    message: 'Without an extended key usage the certificate is good for every use.',
    next: 'Set the use to client authentication.',
    source: rfc5280('4.2.1.12'),
  }),
  'sign.names-left-out': (what) => ({
    severity: 'warns',
    needsConsent: false,
    message: `Names of these kinds are not copied: ${what}.`,
  }),
  'sign.foreign-address': (what) => ({
    severity: 'warns',
    needsConsent: true,
    message: `Whoever checks the certificate would ask an address that the requester chose: ${what}.`,
    next: 'Set an address of your own, or leave it out.',
    source: rfc5280('4.2.1.13'),
  }),
  'sign.extension-left-out': (what) => ({
    severity: 'notes',
    needsConsent: false,
    message: `Left out. ${what}`,
  }),
  'sign.extension-unknown': (what) => ({
    severity: 'warns',
    needsConsent: true,
    message: `Nobody here knows what the extension ${what} means.`,
    next: 'Take it only when the provider’s page asks for it.',
  }),
  'sign.extension-critical': (what) => ({
    severity: 'warns',
    needsConsent: true,
    message: `${what} is critical: servers that do not know it refuse the certificate.`,
    source: rfc5280('4.2'),
  }),
  'sign.validity-long': (what) => ({
    severity: 'warns',
    needsConsent: true,
    message: `${what} is longer than usual.`,
    next: 'Choose fewer days: what is lost or leaked stays valid until its end.',
  }),
  'sign.ends-with-authority': (what) => ({
    severity: 'warns',
    needsConsent: false,
    message: `It ends on ${what}, with the authority, and not later.`,
    next: 'Make a new authority to take over, or accept the shorter time.',
  }),
  'sign.authority-limited': (what) => ({
    severity: 'warns',
    needsConsent: true,
    message: `This authority may issue for ${what} only: servers refuse the certificate for anything else.`,
    next: 'Choose another authority, or a use that this one may issue for.',
    source: rfc5280('4.2.1.12'),
  }),
  'sign.part-unreadable': () => ({
    severity: 'warns',
    needsConsent: false,
    message: 'This part is not plain text, or holds characters that cannot be seen. It cannot be taken as it is.',
    next: 'Set it to what it should say, or leave it out.',
  }),
} as const satisfies Record<string, (what: string) => Words>

export type IssueCode = keyof typeof issues

export const issue = (code: IssueCode, what: string): PlanIssue => ({ code, ...issues[code](what) })
