/**
 * Programs that were run to learn what they open and do, with the versions: what the app says of other programs quotes
 * this, or says that it was not measured here.
 */
export const measured = {
  curl: 'curl 7.88.1 with OpenSSL 3.0.19, Debian 12 (security level 2)',
  openssl: 'OpenSSL 3.0.19, Debian 12',
  opensslBefore: 'Node 8.17.0 with OpenSSL 1.0.2s, Node 12.22.12 with OpenSSL 1.1.1n',
  node20: 'Node 20.20.2 with OpenSSL 3.0, Debian 12',
  node24: 'Node 24.21.0 with OpenSSL 3.5',
  electron: 'Electron 33.2.1 with BoringSSL, its Node side',
  java17: 'OpenJDK 17.0.15 with its own TLS, Debian 12',
  go: 'Go 1.19.8, Debian 12',
  python: 'Python 3.11.2, requests 2.28.1, urllib3 1.26, OpenSSL 3.0.19, Debian 12 (security level 2)',
  gnutls: 'GnuTLS 3.7.9, Debian 12',
  nss: 'NSS 3.87.1, Debian 12',
  pyca: 'cryptography 38.0.4, Debian 12',
  newman: 'newman 6.2.2',
  bru: '@usebruno/cli 4.1.0',
} as const
