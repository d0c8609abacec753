import { fileCauses } from './file-causes.ts'

/**
 * The catalogue of what a connection test can find. Codes are a promise to scripts and to the history: added, never
 * renamed. `title` is the sentence on top, `next` what to do. Which one applies is judged elsewhere, from facts.
 */
export const catalogue = {
  ok: { title: 'It works: the server answered', next: '' },

  'client.none-sent': {
    title: 'The server wants a client certificate, and none was sent',
    next: 'Choose the identity whose certificate this provider issued, and test again.',
  },
  'client.withheld': {
    title: 'The certificate was not sent, although one was given',
    next: 'Compare what the server accepts with the certificate: its authorities and its signature schemes.',
  },
  'client.no-common-signature': {
    title: 'The server accepts no signature that this key can make',
    next: 'Create an identity with a key of a kind the server accepts (most take RSA 2048 or EC P-256).',
  },
  'client.key-mismatch': {
    title: 'The private key does not belong to the certificate',
    next: 'Find the key that the certificate was requested with, or request a new certificate.',
  },
  'client.untrusted-issuer': {
    title: 'The server does not trust the authority that issued your certificate',
    next: 'Use the certificate that this provider issued, or have your authority registered there.',
  },
  'client.self-signed': {
    title: 'Your certificate is self-signed, and the server does not know it',
    next: 'Send the signing request to the provider and use the certificate that comes back.',
  },
  'client.same-name-other-key': {
    title: 'Your certificate comes from an authority of the right name with another key',
    next: 'The authority was probably made anew: ask for a certificate from the present one.',
  },
  'client.missing-intermediate': {
    title: 'The intermediate certificate between yours and the root was not sent along',
    next: 'Add the intermediate certificate to the identity: drop the provider’s chain file on it.',
  },
  'client.expired': { title: 'Your certificate has expired', next: 'Renew it: the same answers make the new request.' },
  'client.not-yet-valid': {
    title: 'Your certificate is not valid yet',
    next: 'Compare the clocks of both sides; wait until it begins, or have it issued with an earlier start.',
  },
  'client.wrong-purpose': {
    title: 'Your certificate is not meant for client authentication',
    next: 'Have it issued again with the extended key usage clientAuth.',
  },
  'client.key-usage': {
    title: 'Your certificate’s key usage does not allow it to sign in',
    next: 'Have it issued again with the key usage digitalSignature.',
  },
  'client.revoked': {
    title: 'Your certificate was revoked',
    next: 'Ask the provider why; then request a new certificate with a new key.',
  },
  'client.too-weak': {
    title: 'Your certificate is too weak for today’s servers',
    next: 'Make a new key of RSA 2048 bits or EC P-256 at least, and have it signed with SHA-256.',
  },
  'client.wrong-environment': {
    title: 'This certificate belongs to the provider’s other environment',
    next: 'Use the identity made for the environment of this host, or change the host.',
  },
  'client.not-admitted': {
    title: 'The server knows your certificate but does not let it in',
    next: 'Ask the provider to enable this certificate for the host and account.',
  },
  'client.wrong-chain': {
    title: 'The certificates sent above yours lead the server astray',
    next: 'Replace the chain of this identity by the one the provider returned, or send the certificate alone.',
  },

  'server.never-asked': {
    title: 'This server never asks for a client certificate',
    next: 'Check the host name and port: providers often have a host of its own for mutual TLS.',
  },
  'server.asks-later': {
    title: 'This server asks for the certificate only after the handshake',
    next: 'Node, Electron, Go and Java cannot answer that; curl and Python can. Ask the provider for a host that asks at once.',
  },
  'server.untrusted': {
    title: 'The server’s certificate comes from an authority that is not trusted here',
    next: 'Get the provider’s CA certificate from a source you trust and choose it for this test.',
  },
  'server.self-signed': {
    title: 'The server’s certificate is self-signed and not trusted here',
    next: 'If this is how the provider does it, get that certificate from them and choose it to be trusted.',
  },
  'server.incomplete-chain': {
    title: 'The server leaves out its intermediate certificate',
    next: 'Tell the provider. Meanwhile add the intermediate to the CA file that you trust here.',
  },
  'server.expired': {
    title: 'The server’s certificate has expired',
    next: 'Check this computer’s clock; then tell the provider.',
  },
  'server.not-yet-valid': {
    title: 'The server’s certificate is not valid yet',
    next: 'Check this computer’s clock; then tell the provider.',
  },
  'server.wrong-name': {
    title: 'The server’s certificate is for another name',
    next: 'Use the host name that the certificate is for, or check whether sandbox and live were mixed up.',
  },
  'server.no-san': {
    title: 'The server’s certificate names no host in the place where clients look',
    next: 'Tell the provider: the host belongs into the subject alternative names.',
  },
  'server.wrong-purpose': {
    title: 'The server’s certificate is not meant for servers',
    next: 'Tell the provider: it needs the extended key usage serverAuth.',
  },
  'server.fault': {
    title: 'The server reports a fault of its own',
    next: 'Try again later; if it stays, give the provider the time of this test.',
  },

  'tls.version': {
    title: 'Server and client share no version of TLS',
    next: 'This app speaks TLS 1.2 and 1.3: ask the provider which version the host takes.',
  },
  'tls.no-common-cipher': {
    title: 'Server and client share no cipher',
    next: 'Ask the provider which cipher suites the host takes.',
  },
  'tls.no-common-protocol': {
    title: 'The server does not speak HTTP/1.1',
    next: 'Ask the provider whether the host speaks HTTP/2 only.',
  },
  'tls.server-name': {
    title: 'The server treats this host name differently from none',
    next: 'Check the host name: the server chooses its rules, and whom it admits, by the name that is asked for.',
  },
  'tls.failed': {
    title: 'The TLS handshake broke off',
    next: 'Test again; if it stays, give the provider the time of this test and the text below.',
  },

  'net.unresolved': {
    title: 'The host name is not known',
    next: 'Check the spelling; names inside a company need its network or VPN.',
  },
  'net.refused': {
    title: 'Nothing listens at this address and port',
    next: 'Check the port: some providers use 8443 or another one for mutual TLS.',
  },
  'net.unreachable': { title: 'There is no way to this address', next: 'Check network, VPN and firewall.' },
  'net.timeout': {
    title: 'The server did not answer in time',
    next: 'Firewalls drop what they do not allow: ask whether your address has to be on the provider’s allow-list.',
  },
  'net.reset': {
    title: 'The connection was closed without a word',
    next: 'A firewall or an allow-list does this: compare your outgoing address with what the provider has on file.',
  },
  'net.not-tls': {
    title: 'This port does not speak TLS',
    next: 'Check the port; a proxy on the way may also answer in its place.',
  },
  'net.proxy': {
    title: 'A proxy on the way stands between you and the server',
    next: 'Ask who runs the proxy to let this host through without opening TLS: client certificates do not survive that.',
  },
  'net.cancelled': { title: 'The test was cancelled', next: 'Start it again whenever it suits.' },

  'http.refused': {
    title: 'TLS is fine; the application said no',
    next: 'Check client id, secret and what is enabled for you at the provider.',
  },
  'http.redirected': {
    title: 'This address does not answer, it points elsewhere',
    next: 'Compare base address and path with the provider’s documentation, and test the address of a call.',
  },
  'http.web-page': {
    title: 'The answer is a web page, not data',
    next: 'Compare base address and path with the provider’s documentation: websites answer everything with a page.',
  },
  'http.not-served': {
    title: 'The server was reached, but does not serve this call',
    next: 'Read the answer: it may say what it wants otherwise.',
  },
  'http.unreadable': {
    title: 'The server answered, but not in HTTP/1.1',
    next: 'Check host and port, and whether the service speaks another protocol.',
  },
  'http.request-invalid': {
    title: 'The request cannot be sent as it is',
    next: 'Look for line breaks or unusual characters in the headers and the path.',
  },

  ...fileCauses,

  'test.url-invalid': {
    title: 'This is not an address to test',
    next: 'Enter an address such as https://api.example.com:8443/path.',
  },
  'test.trust-empty': {
    title: 'The CA file holds no certificate',
    next: 'Choose the CA certificate that the provider returned.',
  },
} as const satisfies Record<string, { title: string; next: string }>

export type CauseCode = keyof typeof catalogue
