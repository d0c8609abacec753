import { type Issued, issue, makeKey, revoke } from './throwaway-pki.ts'

/** The authorities, servers and client certificates that the connection tests are played with. */
export type Client = { certificate: Issued; chain: Issued[]; key?: string }

export function makeCast() {
  const serverRoot = issue({ subject: ['C=GB', 'O=Provider Ltd', 'CN=Provider Root'], isCa: true })
  const serverCa = issue({
    subject: ['C=GB', 'O=Provider Ltd', 'CN=Provider Issuing CA'],
    isCa: true,
    issuer: serverRoot,
  })
  const clientRoot = issue({ subject: ['C=GB', 'O=Acme Pay', 'CN=Acme Client Root'], isCa: true })
  const clientCa = issue({
    subject: ['C=GB', 'O=Acme Pay', 'CN=Acme Client Issuing CA'],
    isCa: true,
    issuer: clientRoot,
  })
  const otherRoot = issue({ subject: ['C=DE', 'O=Elsewhere', 'CN=Elsewhere Root'], isCa: true })
  // Of the same house, as sandbox and live authorities often are, and trusted by nobody here.
  const sandboxRoot = issue({ subject: ['C=GB', 'O=Acme Pay', 'CN=Acme Sandbox Root'], isCa: true })
  // A purchased intermediate, whose name has nothing of its root's.
  const boughtCa = issue({
    subject: ['C=NL', 'O=Some Trust Services', 'CN=Issuing CA 3'],
    isCa: true,
    issuer: clientRoot,
  })
  const staleCa = issue({
    subject: ['C=GB', 'O=Acme Pay', 'CN=Acme Former Issuing CA'],
    isCa: true,
    issuer: clientRoot,
    fromDays: -800,
    toDays: -20,
  })
  const newRoot = issue({ subject: clientRoot.subject, isCa: true })
  const host = { purposes: ['serverAuth' as const], sans: ['DNS:localhost', 'IP:127.0.0.1', 'IP:::1'] }
  const server = issue({ subject: ['CN=localhost'], issuer: serverCa, ...host })
  const subject = ['C=GB', 'O=Customer', 'CN=client.example.com']
  const client = (change: Partial<Parameters<typeof issue>[0]> = {}) =>
    issue({ subject, issuer: clientRoot, ...change })
  const good = client()
  const revoked = client()
  const rsa = client({ key: 'rsa' })
  const clients: Record<string, Client> = {
    good: { certificate: good, chain: [] },
    'good with intermediate': { certificate: client({ issuer: clientCa }), chain: [clientCa] },
    'other CA': { certificate: client({ issuer: otherRoot }), chain: [] },
    'sandbox CA': { certificate: client({ issuer: sandboxRoot }), chain: [] },
    'self-signed': { certificate: client({ issuer: undefined }), chain: [] },
    're-created CA': { certificate: client({ issuer: newRoot }), chain: [] },
    'wrong purpose': { certificate: client({ purposes: ['serverAuth'] }), chain: [] },
    'key usage': { certificate: client({ keyUsage: ['keyEncipherment'], key: 'rsa' }), chain: [] },
    expired: { certificate: client({ fromDays: -400, toDays: -30 }), chain: [] },
    'not yet valid': { certificate: client({ fromDays: 30 }), chain: [] },
    'missing intermediate': { certificate: client({ issuer: clientCa }), chain: [] },
    'missing bought intermediate': { certificate: client({ issuer: boughtCa }), chain: [] },
    'expired intermediate': { certificate: client({ issuer: staleCa }), chain: [staleCa] },
    'RSA 1024': { certificate: client({ key: 'rsa1024' }), chain: [] },
    'SHA-1': { certificate: client({ hash: 'sha1' }), chain: [] },
    revoked: { certificate: revoked, chain: [] },
    RSA: { certificate: rsa, chain: [] },
    'another key': { certificate: good, chain: [], key: issue({ subject }).keyPem },
    'key of another kind': { certificate: rsa, chain: [], key: good.keyPem },
  }
  return {
    serverRoot,
    serverCa,
    clientRoot,
    clientCa,
    /** Issuers that are known although they were not sent with every certificate. */
    issuers: [clientCa, boughtCa],
    otherRoot,
    server,
    clients,
    /** Of both authorities: servers that check lists want one of each. */
    crl: [clientCa, boughtCa, staleCa].reduce((lists, ca) => lists + revoke(ca, []), revoke(clientRoot, [revoked])),
    /** What a server with a full chain is given. */
    serverPem: server.pem + serverCa.pem,
    serverWith: (change: Partial<Parameters<typeof issue>[0]>) =>
      issue({ subject: ['CN=localhost'], issuer: serverCa, ...host, ...change }),
    makeKey,
  }
}

export type Cast = ReturnType<typeof makeCast>

export const identityOf = ({ certificate, chain, key }: Client) => ({
  certificatePem: certificate.pem,
  chainPem: chain.map((link) => link.pem),
  keyPem: key ?? certificate.keyPem,
})
