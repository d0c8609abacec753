import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { ListenerSetup } from '../../shared/webhooks/setup.ts'
import type { SigningMeans } from '../authority/signers.ts'
import { openIdentity } from '../handlers/open-identity.ts'
import type { Means } from '../means.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import { issueByAuthority, issueByPractice, keyPemOf, type OwnWish } from './issue-own.ts'

/** PEM; `trust` is what callers need to take it for good. */
export type ServerIdentity = { cert: string; key: string; name: string; subject: string; trust: string }

const days = 90
/** A certificate with less left is made anew at the start. */
const leastLeftMs = 7 * 86_400_000

type ServerMeans = SigningMeans & Pick<Means, 'practice'>

/** The certificate and key that a listener shows, as its set-up says. */
export async function serverIdentity(
  means: ServerMeans & Parameters<typeof openIdentity>[0],
  setup: ListenerSetup,
  profile: Profile,
): Promise<Result<ServerIdentity>> {
  const { server } = setup
  if (server.by === 'practice') {
    const opened = await means.practice.opened(profile)
    if (!opened.ok) return opened
    const own = await issueByPractice(opened.value.servers, wishFor(setup), means.now())
    return ok(identityOf(own.certificatePem, keyPemOf(own), 'the practice provider', opened.value.serverCaPem))
  }
  if (server.by === 'identity') {
    const record = await means.vault.identities.find(server.identity)
    if (!record) return refuse({ code: 'vault.no-such-identity' })
    const { name } = record.plan
    if (record.certificatePem === undefined) return refuse({ code: 'listener.certificate-missing', name })
    const opened = await openIdentity(means, record)
    if (!opened.ok) return opened
    if (!opened.value) return refuse({ code: 'listener.certificate-missing', name })
    // A key in a token signs for curl, not for a server of Node.
    if (!('keyPem' in opened.value)) return refuse({ code: 'listener.certificate-unusable', name })
    const { certificatePem, chainPem, keyPem } = opened.value
    const trust = chainPem.at(-1) ?? certificatePem
    return ok(identityOf([certificatePem, ...chainPem].join('\n'), keyPem, name, trust))
  }
  const authority = await means.vault.authorities.find(server.authority)
  if (!authority) return refuse({ code: 'listener.authority-gone' })
  return (await keptFor(means, setup, authority)) ?? issueAndKeep(means, setup, authority)
}

function identityOf(cert: string, key: string, name: string, trust: string): ServerIdentity {
  const subject = readCertificate(pemBlocks(cert)[0]?.der ?? new Uint8Array())?.facts.subject ?? ''
  return { cert, key, name, subject, trust }
}

/** Callers check the name that they call: the address, and localhost where it is one of this computer alone. */
function namesFor({ address, names }: ListenerSetup): string[] {
  const local = address === '127.0.0.1' || address === '::1' ? ['DNS:localhost'] : []
  return [...new Set([`IP:${address}`, ...local, ...names.map((name) => `DNS:${name}`)])]
}

const wishFor = (setup: ListenerSetup): OwnWish => ({
  subject: [{ type: 'CN', value: (setup.names[0] ?? setup.address).slice(0, 64) }],
  subjectAltNames: namesFor(setup),
  purpose: 'serverAuth',
  days,
  name: `Webhook listener ${setup.names[0] ?? setup.address}`,
  provider: setup.provider,
})

const chainOf = ({ kind, certificatePem, chainPem }: AuthorityRecord): string[] =>
  kind === 'root' ? [] : [certificatePem, ...chainPem.slice(0, -1)]

const rootOf = ({ certificatePem, chainPem }: AuthorityRecord): string => chainPem.at(-1) ?? certificatePem

/** The one that was issued before, if it is still what the set-up asks for. */
async function keptFor(
  { vault, now }: ServerMeans,
  setup: ListenerSetup,
  authority: AuthorityRecord,
): Promise<Result<ServerIdentity> | null> {
  const record = await vault.listeners.find(setup.provider)
  const pem = record?.serverCertificatePem
  if (pem === undefined) return null
  const leaf = readCertificate(pemBlocks(pem)[0]?.der ?? new Uint8Array())
  const issuer = readCertificate(pemBlocks(authority.certificatePem)[0]?.der ?? new Uint8Array())
  const { subjectAltNames = [], notAfter = '', authorityKeyIdentifier } = leaf?.facts ?? {}
  const fits =
    authorityKeyIdentifier !== undefined &&
    authorityKeyIdentifier === issuer?.facts.subjectKeyIdentifier &&
    leaf?.facts.issuer === issuer?.facts.subject &&
    namesFor(setup).every((name) => subjectAltNames.includes(name)) &&
    Date.parse(notAfter) - now().getTime() > leastLeftMs
  if (!fits) return null
  const { records } = await vault.issued.list()
  if (records.some((one) => one.certificatePem === pem && one.revoked !== undefined)) return null
  const key = await vault.listeners.secret(setup.provider, 'serverKey')
  if (!key.ok) return key
  if (!key.value) return null
  const keyPem = toPem('PRIVATE KEY', key.value)
  key.value.fill(0)
  const cert = [pem, ...chainOf(authority)].join('\n')
  return ok(identityOf(cert, keyPem, authority.name, rootOf(authority)))
}

async function issueAndKeep(
  means: ServerMeans,
  setup: ListenerSetup,
  authority: AuthorityRecord,
): Promise<Result<ServerIdentity>> {
  const own = await issueByAuthority(means, authority, wishFor(setup))
  if (!own.ok) return own
  const { pkcs8, certificatePem } = own.value
  const secrets = { serverKey: pkcs8 }
  const record = { setup, serverCertificatePem: certificatePem }
  const kept =
    (await means.vault.listeners.change(setup.provider, (before) => ({ ...before, ...record }), secrets)) ??
    (await means.vault.listeners.add(setup.provider, record, secrets))
  if (!kept.ok) return kept
  const cert = [certificatePem, ...chainOf(authority)].join('\n')
  return ok(identityOf(cert, keyPemOf(own.value), authority.name, rootOf(authority)))
}
