import type { WordsOf } from '../words.ts'

export type ServiceProblem =
  | { code: 'service.address-wrong'; address: string; why: string }
  | { code: 'service.plain-http'; address: string }
  | { code: 'service.unreachable'; address: string; why: string }
  | { code: 'service.not-trusted'; address: string; why: string }
  | { code: 'service.took-too-long'; address: string; seconds: number }
  | { code: 'service.answer-too-large'; address: string; limit: number }
  | { code: 'service.answer-strange'; address: string; wanted: string; found: string }
  | { code: 'service.not-there'; address: string; kind: string }
  | { code: 'service.moved'; address: string; to: string }
  | { code: 'service.secret-malformed' }
  | { code: 'service.secret-refused'; kind: 'cfssl' | 'est' }
  | { code: 'service.policy-refuses'; number: number; says: string }
  | { code: 'service.request-refused'; number: number; says: string }
  | { code: 'service.says-no'; status: number; number?: number; says: string }
  | { code: 'service.pending'; minutes: number }
  | { code: 'service.other-issuer'; issuer: string; wanted: string }
  | { code: 'service.other-key' }
  | { code: 'service.other-authority'; name: string; found: string }
  | { code: 'service.not-a-service'; name: string }
  | { code: 'service.no-lists'; name: string }

const own = (says: string): string[] => (says === '' ? [] : [`In its own words: ${says}`])

/** Of signing services: cfssl and EST. `says` is what the service wrote, cut short and made visible. */
export const serviceWords: WordsOf<ServiceProblem> = {
  'service.address-wrong': ({ address, why }) => ({
    title: `${address || 'The address'} is not the address of a service`,
    causes: [why],
    next: 'Give the address with its port, such as https://ca.example.com:8888.',
  }),
  'service.plain-http': ({ address }) => ({
    title: `${address} would be called without encryption`,
    causes: ['Over plain http anybody on the way reads the requests, and can answer in the place of the service.'],
    next: 'Use https. For cfssl plain http can be allowed for this address; for EST it is not defined.',
  }),
  'service.unreachable': ({ address, why }) => ({
    title: `Nothing answers at ${address}`,
    causes: [why],
    next: 'Check the address and the port, and whether this computer may reach it.',
  }),
  'service.not-trusted': ({ address, why }) => ({
    title: `The certificate of ${address} is not trusted`,
    causes: [why, 'A service inside a company often has a certificate by the company’s own authority.'],
    next: 'Give the authority of its server certificate (PEM) with the service, or correct the name in the address.',
  }),
  'service.took-too-long': ({ address, seconds }) => ({
    title: `${address} did not answer within ${seconds} seconds`,
    causes: ['The service is busy, or something on the way holds the connection.'],
    next: 'Try again. If the request was received, the service may have signed it: look there before signing twice.',
  }),
  'service.answer-too-large': ({ address, limit }) => ({
    title: `${address} sent more than ${Math.round(limit / 1024)} KiB`,
    causes: ['Something other than a signing service answers there.'],
    next: 'Check the address.',
  }),
  'service.answer-strange': ({ address, wanted, found }) => ({
    title: `${address} answered something other than ${wanted}`,
    causes: [`It sent ${found}.`, 'Another service, or a sign-in page of a proxy, answers at this address.'],
    next: 'Check the address and the kind of the service.',
  }),
  'service.not-there': ({ address, kind }) => ({
    title: `There is no ${kind} at ${address}`,
    causes: ['The server is there, but knows nothing under this path.', 'The label names no authority there.'],
    next: 'Check the address, the label and the kind of the service.',
  }),
  'service.moved': ({ address, to }) => ({
    title: `${address} sends callers on to ${to || 'another address'}`,
    causes: ['A request to sign, and what proves who asks, is not carried to an address that nobody chose.'],
    next: 'Set that address for the service if it is the right one.',
  }),
  'service.secret-malformed': () => ({
    title: 'This is not an authentication key of cfssl',
    causes: ['cfssl’s keys are hexadecimal digits: the value of “key” under “auth_keys” in its configuration.'],
    next: 'Paste the digits, without “env:” or “file:”.',
  }),
  'service.secret-refused': ({ kind }) => ({
    title: 'The service does not accept who asks',
    causes: [
      kind === 'cfssl'
        ? 'The authentication key is another one than the service has for this profile.'
        : 'User or password are wrong, or the service wants a client certificate.',
    ],
    next: 'Ask the operator of the service for what it expects, and set it anew.',
  }),
  'service.policy-refuses': ({ number, says }) => ({
    title: 'The policy of the service does not allow this certificate',
    causes: [`Its code is ${number}.`, ...own(says)],
    next: 'Choose another profile, or ask the operator to allow what is asked for.',
  }),
  'service.request-refused': ({ number, says }) => ({
    title: 'The service cannot use this signing request',
    causes: [`Its code is ${number}.`, ...own(says)],
    next: 'Look at the request in Inspect: older services know fewer kinds of keys and names.',
  }),
  'service.says-no': ({ status, number, says }) => ({
    title: `The service refused (HTTP ${status})`,
    causes: [...(number === undefined ? [] : [`Its code is ${number}.`]), ...own(says)],
    next: 'Ask the operator of the service, with the time of this attempt.',
  }),
  'service.pending': ({ minutes }) => ({
    title: 'The service has taken the request, and somebody there has to approve it',
    causes: [`It asks to come back in about ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`],
    next: 'Sign the same request again then: the service recognises it.',
  }),
  'service.other-issuer': ({ issuer, wanted }) => ({
    title: `The certificate was issued by ${issuer}, not by ${wanted}`,
    causes: ['The service has changed its authority, or the label or profile means another one.'],
    next: 'Nothing was kept. Add the service once more to see which authority is behind it now.',
  }),
  'service.other-key': () => ({
    title: 'The service certified another key than the request has',
    causes: ['It answered with a certificate for somebody else.'],
    next: 'Nothing was kept. Tell the operator of the service.',
  }),
  'service.other-authority': ({ name, found }) => ({
    title: `Another authority than “${name}” is behind this service now: ${found}`,
    causes: ['The service was set up anew, or the address, label or profile means another authority.'],
    next: 'Nothing was changed. Add it as another authority, so that each keeps its own book.',
  }),
  'service.not-a-service': ({ name }) => ({
    title: `“${name}” is not with a signing service`,
    causes: ['Its key is in the vault or in a token.'],
    next: 'Choose an authority that signs through a service.',
  }),
  'service.no-lists': ({ name }) => ({
    title: `The lists of “${name}” are made by its service`,
    causes: ['The key is with the service, which offers no way to have a list signed by it from here.'],
    next: 'Revoke it there too, and fetch the list from the service’s own address.',
  }),
}
