import type { WordsOf } from '../words.ts'

export type ListenerProblem =
  | { code: 'listener.port-taken'; address: string; port: number }
  | { code: 'listener.port-forbidden'; port: number }
  | { code: 'listener.address-gone'; address: string }
  | { code: 'listener.network-declined'; address: string }
  | { code: 'listener.certificate-unusable'; name: string }
  | { code: 'listener.certificate-missing'; name: string }
  | { code: 'listener.authority-gone' }
  | { code: 'listener.list-missing'; name: string }
  | { code: 'listener.demand-empty'; name: string }
  | { code: 'listener.not-running' }
  | { code: 'listener.not-confirmed'; host: string }
  | { code: 'arrival.gone' }
  | { code: 'arrival.no-request' }
  | { code: 'play.call-unknown'; provider: string }

export const listenerWords: WordsOf<ListenerProblem> = {
  'listener.port-taken': ({ address, port }) => ({
    title: `Port ${port} of ${address} is taken`,
    causes: ['Another program listens there, or a listener that was not stopped.'],
    next: 'Choose another port, or stop the other program.',
  }),
  'listener.port-forbidden': ({ port }) => ({
    title: `Port ${port} may not be opened by you`,
    causes: ['Ports below 1024 belong to the administrator on most systems.'],
    next: 'Choose a port from 1024 on, such as 9443.',
  }),
  'listener.address-gone': ({ address }) => ({
    title: `This computer does not have the address ${address}`,
    causes: ['It has joined another network, or the address was typed wrongly.'],
    next: 'Choose one of the addresses that are listed.',
  }),
  'listener.network-declined': ({ address }) => ({
    title: `Other computers may not call ${address}`,
    causes: ['You were asked whether they may, and said no.'],
    next: 'Listen at 127.0.0.1, which only this computer reaches.',
  }),
  'listener.certificate-unusable': ({ name }) => ({
    title: `A server cannot be run with the certificate of “${name}”`,
    causes: ['The key is of a kind that TLS servers do not take, or is not the certificate’s.'],
    next: 'Choose another certificate, or one from your authority.',
  }),
  'listener.certificate-missing': ({ name }) => ({
    title: `“${name}” has no certificate yet`,
    causes: ['Its request is still with the provider.'],
    next: 'Choose an identity that has its certificate.',
  }),
  'listener.authority-gone': () => ({
    title: 'The chosen authority is no longer there',
    causes: ['It was removed since the listener was set up.'],
    next: 'Choose another authority.',
  }),
  'listener.list-missing': ({ name }) => ({
    title: `“${name}” has no revocation list (CRL) yet`,
    causes: ['A list is made when the first certificate is revoked, or by hand.'],
    next: 'Make a list under Authority, or leave revocation unchecked.',
  }),
  'listener.demand-empty': ({ name }) => ({
    title: `There is no certificate in ${name} that client certificates could be checked by`,
    causes: ['It may be a key, a request, or a file of another kind.'],
    next: 'Choose the CA certificate that the provider publishes, as PEM, DER or PKCS#7.',
  }),
  'listener.not-running': () => ({
    title: 'No listener is running',
    causes: ['It was stopped, or the app was started again since.'],
    next: 'Start the listener first.',
  }),
  'listener.not-confirmed': ({ host }) => ({
    title: `Nothing was sent to ${host}`,
    causes: ['A replay sends what a provider sent you, so the host has to be confirmed.'],
    next: 'Confirm the host, or choose another address.',
  }),
  'arrival.gone': () => ({
    title: 'This arrival is no longer kept',
    causes: ['Only the last 10,000, and 64 MiB, are kept; or the list was cleared.'],
    next: 'Choose one that is in the list.',
  }),
  'arrival.no-request': () => ({
    title: 'This arrival has no request',
    causes: ['The connection ended before one was read.'],
    next: 'Choose one that shows a method and a path.',
  }),
  'play.call-unknown': ({ provider }) => ({
    title: `${provider} does not describe such a call`,
    causes: ['The provider’s file was changed since the page was opened.'],
    next: 'Choose one of the calls that are listed.',
  }),
}
