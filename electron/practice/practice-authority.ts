import type { Bytes } from '../../shared/pki/der.ts'
import { concat, readDer, whole } from '../../shared/pki/der.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { buildRequest, createAuthority, issueFromRequest } from '../../shared/pki/x509.ts'
import type { Profile } from '../../shared/providers/profile.ts'

/**
 * The throw-away authorities of one practice provider, in the form in which they are kept (sealed).
 *
 * There are two, because real providers have two, and mixing them up is a mistake worth practising: one signs client
 * certificates, the other the server's. `certificatePem` holds both certificates, the clients' first; `pkcs8` both
 * private keys in the same order, one DER after the other.
 */
export type PracticeAuthority = { certificatePem: string; pkcs8: Bytes }

export type SigningAuthority = { pkcs8: Bytes; certificateDer: Bytes; key: typeof key }

export type OpenedAuthority = {
  clients: SigningAuthority
  servers: SigningAuthority
  clientCaPem: string
  serverCaPem: string
}

const key = 'ec-p256' as const
/** Ten years of use, and then longer than any certificate it has signed: those never outlive their authority. */
const usefulDays = 3653
/** Made anew at each start. */
const serverDays = 90

export async function makeAuthority(profile: Profile, now: Date): Promise<PracticeAuthority> {
  const name = profile.name.slice(0, 30)
  const [clients, servers] = await Promise.all(
    ['client', 'server'].map((what) =>
      createAuthority({
        commonName: `Practice ${name} ${what} CA`,
        key,
        days: usefulDays + (profile.signing.days ?? usefulDays),
        now,
      }),
    ),
  )
  return {
    certificatePem: clients!.pem + servers!.pem,
    pkcs8: concat([clients!.pkcs8, servers!.pkcs8]),
  }
}

/** Takes the kept form apart. Throws when it is not what `makeAuthority` made: then the vault was altered. */
export function openPracticeAuthority({ certificatePem, pkcs8 }: PracticeAuthority): OpenedAuthority {
  const [clientCa, serverCa] = pemBlocks(certificatePem)
  const first = readDer(pkcs8)
  const second = first === null ? null : readDer(pkcs8, whole(first).length)
  if (clientCa === undefined || serverCa === undefined || first === null || second === null)
    throw new Error('the stored practice authority is not whole')
  return {
    clients: { pkcs8: whole(first), certificateDer: clientCa.der, key },
    servers: { pkcs8: whole(second), certificateDer: serverCa.der, key },
    clientCaPem: toPem('CERTIFICATE', clientCa.der),
    serverCaPem: toPem('CERTIFICATE', serverCa.der),
  }
}

/** A server certificate for this computer's own names, with its key, as `tls.createServer` takes them. */
export async function serverCertificate(authority: OpenedAuthority, now: Date): Promise<{ cert: string; key: string }> {
  const { pkcs8 } = await generateKey(key)
  const request = await buildRequest({
    pkcs8,
    key,
    subject: [{ type: 'CN', value: 'localhost' }],
    subjectAltNames: ['DNS:localhost', 'IP:127.0.0.1', 'IP:::1'],
  })
  const issued = await issueFromRequest({
    authority: authority.servers,
    requestDer: request.der,
    days: serverDays,
    now,
    purposes: ['serverAuth'],
  })
  if (!issued.ok) throw new Error(`the practice authority cannot sign: ${issued.problem.code}`)
  return { cert: issued.value.pem, key: toPem('PRIVATE KEY', pkcs8) }
}
