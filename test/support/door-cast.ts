import { checkDoor } from '../../electron/door/check-door.ts'
import { probe } from '../../electron/tls/probe.ts'
import { encodeTbs } from '../../shared/authority/certificate-content.ts'
import type { DoorCase, DoorReport, DoorVerdict } from '../../shared/door/door-report.ts'
import type { DoorAuthority, DoorIdentity, DoorMaterial } from '../../shared/door/throw-aways.ts'
import { signDer } from '../../shared/pki/sign-der.ts'
import { ok } from '../../shared/result.ts'
import { type Issued, issue, revoke } from './throwaway-pki.ts'

/** An authority that signs clients, a server of another, and a client that was revoked. */
export function doorCast() {
  const serverCa = issue({ subject: ['CN=Door server CA'], isCa: true, fromDays: -60 })
  const server = issue({
    subject: ['CN=localhost'],
    issuer: serverCa,
    purposes: ['serverAuth'],
    sans: ['DNS:localhost', 'IP:127.0.0.1'],
  })
  const clientCa = issue({ subject: ['O=Door', 'CN=Door client CA'], isCa: true, fromDays: -60 })
  const provider = issue({
    subject: ['O=Provider', 'CN=hooks.provider.example'],
    issuer: clientCa,
    sans: ['DNS:hooks.provider.example'],
  })
  const revoked = issue({ subject: ['O=Provider', 'CN=hooks.provider.example'], issuer: clientCa })
  return { serverCa, server, clientCa, provider, revoked, crl: revoke(clientCa, [revoked]) }
}
export type DoorCast = ReturnType<typeof doorCast>

export const identityOf = (one: Issued): DoorIdentity => ({ certificatePem: one.pem, chainPem: [], keyPem: one.keyPem })

/** The authority's key, here to sign for a check. */
export function doorAuthority(ca: Issued): DoorAuthority {
  const pkcs8 = ca.key.export({ type: 'pkcs8', format: 'der' })
  return {
    certificateDer: ca.der,
    chainPem: [],
    sign: async (content) => ok(await signDer(encodeTbs(content, 'ec-p256'), { pkcs8, key: 'ec-p256' })),
  }
}

export const wholeMaterial = (cast: DoorCast): DoorMaterial => ({
  right: identityOf(cast.provider),
  authority: doorAuthority(cast.clientCa),
  revoked: identityOf(cast.revoked),
  pinned: false,
})

/** Checks the door on a port of this computer with the app's own probe. */
export async function doorOf(
  port: number,
  cast: DoorCast,
  material: Partial<DoorMaterial> = {},
  path = '/',
): Promise<DoorReport> {
  const report = await checkDoor({
    url: `https://localhost:${port}${path}`,
    material: { ...wholeMaterial(cast), ...material },
    trust: { caPem: cast.serverCa.pem },
    timeoutMs: 4000,
    signal: new AbortController().signal,
    now: () => new Date(),
    probe,
  })
  if (!report.ok) throw new Error(JSON.stringify(report.problem))
  return report.value
}

/** `{ none: 'shut', expired: 'open/shut' }`: TLS 1.3 first, where the versions differ. */
export function verdicts({ rows }: Pick<DoorReport, 'rows'>): Partial<Record<DoorCase, string>> {
  const told: Partial<Record<DoorCase, DoorVerdict[]>> = {}
  for (const row of rows) told[row.case] = [...(told[row.case] ?? []), row.verdict ?? 'not-tried']
  return Object.fromEntries(Object.entries(told).map(([one, all]) => [one, [...new Set(all)].join('/')]))
}

/** All that a shut door answers; what was not asked for stays untried. */
export const allShut = {
  none: 'shut',
  'self-signed': 'shut',
  'other-ca': 'shut',
  'same-name-ca': 'shut',
  expired: 'shut',
  'not-yet-valid': 'shut',
  'server-only': 'shut',
  revoked: 'shut',
  right: 'lets-in',
}
