import type { DoorReport, DoorRow, DoorSeen } from '../../shared/door/door-report.ts'
import { mostDoorConnections } from '../../shared/door/door-report.ts'
import { orderOfTrying, plannedRows } from '../../shared/door/door-rows.ts'
import { judgeRows } from '../../shared/door/judge-door.ts'
import { seeAttempt } from '../../shared/door/see-attempt.ts'
import { summariseDoor } from '../../shared/door/summarise-door.ts'
import { type DoorIdentity, type DoorMaterial, makeThrowAways } from '../../shared/door/throw-aways.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Attempt } from '../../shared/tls/attempt.ts'
import type { ProbeOptions } from '../tls/probe-options.ts'

export type DoorCheck = {
  url: string
  material: DoorMaterial
  trust: ProbeOptions['trust']
  /** For each connection. */
  timeoutMs: number
  proxy?: ProbeOptions['proxy']
  options?: ProbeOptions['options']
  signal: AbortSignal
  now: () => Date
  probe(options: ProbeOptions): Promise<Attempt>
  /** All rows, whenever one begins or ends. */
  onRows?: (rows: DoorRow[]) => void
}

/**
 * Presents one certificate after the other to a server, each in TLS 1.3 and 1.2, one connection at a time, and judges
 * what comes back. The call is a bare GET: nothing is changed at the server, and no header or body of the user's goes out.
 * Refuses when the server cannot be reached or is not trusted here: then nothing is learnt about it.
 */
export async function checkDoor(check: DoorCheck): Promise<Result<DoorReport>> {
  const { material, now, signal } = check
  const started = now()
  const begun = performance.now()
  const made = await makeThrowAways(material, started)
  if (!made.ok) return made
  const { identities, notAtHand } = made.value
  let rows = plannedRows(notAtHand, material.pinned)
  const tell = () => check.onRows?.(rows)
  const set = (at: number, change: Partial<DoorRow>) => {
    rows = rows.map((row, i) => (i === at ? { ...row, ...change } : row))
  }
  tell()
  const unspoken = new Set<string>()
  let connections = 0
  let server: DoorReport['server']
  for (const at of orderOfTrying(rows)) {
    const row = rows[at]
    if (!row || signal.aborted || connections === mostDoorConnections) break
    const identity = row.case === 'none' ? null : identities.get(row.case)
    if (identity === undefined) continue
    if (unspoken.has(row.version)) {
      set(at, { state: 'done', seen: { kind: 'version', says: 'not spoken' } })
      continue
    }
    set(at, { state: 'running', ...presentedOf(identity) })
    tell()
    const attempt = await connect(check, row, identity)
    if (signal.aborted) break
    connections++
    server ??= serverOf(attempt)
    const refusal = unusable(attempt, connections)
    if (refusal) return refuse(refusal)
    const seen: DoorSeen = seeAttempt(attempt, now())
    // In TLS there is one handshake for all of them: what one does not find spoken, none will.
    if (seen.kind === 'version') unspoken.add(row.version)
    set(at, { state: 'done', seen, at: attempt.startedAt, tookMs: Math.round(attempt.durationMs) })
    rows = judgeRows(rows)
    tell()
  }
  rows = judgeRows(rows).map((row) => finished(row))
  tell()
  return ok({
    format: 1,
    id: crypto.randomUUID(),
    url: bareUrl(check.url),
    startedAt: started.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    connections,
    cancelled: signal.aborted,
    ...summariseDoor(rows, signal.aborted),
    ...(server && { server }),
    rows,
  })
}

const connect = (check: DoorCheck, { version }: DoorRow, identity: DoorIdentity | null): Promise<Attempt> =>
  check.probe({
    url: check.url,
    method: 'GET',
    headers: [],
    identity,
    trust: check.trust,
    timeoutMs: check.timeoutMs,
    options: { ...check.options, minVersion: version, maxVersion: version },
    proxy: check.proxy ?? null,
    signal: check.signal,
  })

/** Cancelled before its turn, or in it. */
const finished = (row: DoorRow): DoorRow =>
  row.state === 'done'
    ? row
    : { ...row, state: 'done', verdict: 'not-tried', because: 'The check was cancelled before.' }

function unusable({ failure, serverTrusted, serverChain, url }: Attempt, connections: number) {
  const host = URL.canParse(url) ? new URL(url).host : url
  const [leaf] = serverChain
  if (serverTrusted === false && leaf) {
    const { subject, issuer, sha256 } = leaf
    return { code: 'door.server-untrusted', host, subject, issuer, sha256 } as const
  }
  // Later on a server that stops answering may be what it does to strangers.
  const unreached = failure?.during === 'resolve' || failure?.during === 'connect'
  return unreached && connections === 1 ? ({ code: 'door.unreachable', host, says: failure.text } as const) : null
}

function presentedOf(identity: DoorIdentity | null): Pick<DoorRow, 'presented'> {
  const [block] = identity ? pemBlocks(identity.certificatePem) : []
  const facts = block && readCertificate(block.der)?.facts
  if (!facts) return {}
  const { subject = '', issuer = '', notBefore = '', notAfter = '', sha256 = '' } = facts
  return { presented: { subject, issuer, notBefore, notAfter, sha256 } }
}

function serverOf({ serverChain: [leaf] }: Attempt): DoorReport['server'] {
  return leaf && { subject: leaf.subject, sha256: leaf.sha256, notAfter: leaf.notAfter }
}

function bareUrl(text: string): string {
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`
}
