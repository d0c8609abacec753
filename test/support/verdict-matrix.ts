import { tellApart } from '../../electron/tls/differential.ts'
import { probe } from '../../electron/tls/probe.ts'
import type { ProbeOptions } from '../../electron/tls/probe-options.ts'
import { spareIssuers } from '../../electron/tls/spare-issuers.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import type { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { authorityKin } from '../../shared/tls/name-kinship.ts'
import { type Cast, type Client, identityOf } from './mtls-cast.ts'
import type { ServerFiles, TestServer } from './test-servers.ts'

/** What each client certificate is refused for, by a server that checks everything. `ok` is not refused. */
export const truth: Record<string, string> = {
  good: 'ok',
  'good with intermediate': 'ok',
  RSA: 'ok',
  none: 'client.none-sent',
  'other CA': 'client.untrusted-issuer',
  'sandbox CA': 'client.untrusted-issuer',
  'self-signed': 'client.self-signed',
  're-created CA': 'client.same-name-other-key',
  'wrong purpose': 'client.wrong-purpose',
  'key usage': 'client.key-usage',
  expired: 'client.expired',
  'expired intermediate': 'client.expired',
  'not yet valid': 'client.not-yet-valid',
  'missing intermediate': 'client.missing-intermediate',
  'missing bought intermediate': 'client.missing-intermediate',
  'RSA 1024': 'client.too-weak',
  'SHA-1': 'client.too-weak',
  'another key': 'client.key-mismatch',
  'key of another kind': 'client.key-mismatch',
  revoked: 'client.revoked',
}

/** `sigalgs`: how this program is told to take signatures of one kind only, where it can be told. */
export type ServerKind = {
  name: string
  make: (files: ServerFiles) => Promise<TestServer>
  versions: readonly ('1.2' | '1.3')[]
  /** Identities that this program lets in although others refuse them, as measured. */
  letsIn: readonly string[]
  sigalgs?: { ec: string; rsa: string }
}

/** One attempt; the same with further connections; and with another identity at hand that the server accepts. */
export const modes = ['one attempt', 'further connections', 'and another identity'] as const
export type Mode = (typeof modes)[number]

export type Judged = { attempt: Attempt; verdicts: Record<Mode, Verdict> }

const factsOf = (der: Uint8Array): Facts => readCertificate(der)?.facts ?? {}

/** Calls as the app does, with one of the cast's certificates or with none, and judges in each mode. */
export async function judge(
  cast: Cast,
  url: string,
  client: Client | undefined,
  more: Partial<ProbeOptions> = {},
): Promise<Judged> {
  const made: ProbeOptions = {
    url,
    method: 'GET',
    headers: [],
    identity: client ? identityOf(client) : null,
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 5000,
    ...more,
  }
  const attempt = await probe(made)
  const now = new Date()
  const context = client
    ? { certificate: factsOf(client.certificate.der), chain: client.chain.map(({ der }) => factsOf(der)), now }
    : { now }
  const first = diagnose(attempt, context)
  const verdictWith = async (others: readonly Client[]): Promise<Verdict> => {
    const spare = client
      ? await spareIssuers(
          client.certificate.der,
          client.chain.length,
          cast.issuers.map(({ der }) => der),
        )
      : { pem: [], named: '' }
    const probes = await tellApart({
      made,
      attempt,
      verdict: first,
      path: new URL(url).pathname,
      spare,
      others: others.map((other) => ({
        name: 'good',
        ...(client ? { authority: authorityKin(factsOf(client.certificate.der), factsOf(other.certificate.der)) } : {}),
        open: async () => identityOf(other),
      })),
      probe,
      judge: (one) => diagnose(one, { now }),
      signal: new AbortController().signal,
    })
    return probes.length > 0 ? diagnose(attempt, { ...context, probes }) : first
  }
  const good = cast.clients.good
  return {
    attempt,
    verdicts: {
      'one attempt': first,
      'further connections': await verdictWith([]),
      'and another identity': await verdictWith(client === good || !good ? [] : [good]),
    },
  }
}

/** Where among a verdict's causes the truth stands: 1 for first, 0 for nowhere. */
export const placeOf = (verdict: Verdict, cause: string): number =>
  verdict.causes.findIndex(({ code }) => code === cause) + 1
