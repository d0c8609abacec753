import type { ServerWish } from './server-wish.ts'

export const usualHeaders: ServerWish['headers'] = {
  subject: 'X-Client-Subject',
  fingerprint: 'X-Client-Fingerprint',
  certificate: 'X-Client-Certificate',
}

/** What stands in the form before anybody has typed. */
export const usualWish: ServerWish = {
  host: 'hooks.example.com',
  port: 443,
  certificate: '/etc/countersign/server.crt',
  key: '/etc/countersign/server.key',
  clientCa: '/etc/countersign/clients.crt',
  crl: '/etc/countersign/clients.crl',
  depth: 1,
  upstream: 'http://127.0.0.1:8080',
  headers: usualHeaders,
}
