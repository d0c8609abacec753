import type { ConnectionTest } from '../../shared/calls/tests.ts'
import type { AttemptLine } from '../../shared/tls/kept-attempts.ts'
import { keepCall } from '../history/sealed-call.ts'
import type { Means } from '../means.ts'
import { withEvent } from '../vault/identity-record.ts'
import { changeIdentity } from './identity-detail.ts'
import type { MadeConnection } from './make-test.ts'

type Kept = Omit<ConnectionTest, 'work'>

/**
 * Keeps a test that was made: in the history of its endpoint, as the identity’s last, and for a while what went over the
 * wire. Answers the name of the attempt in the history. A locked vault keeps no mark; the answer is as good without.
 */
export async function keepTest(
  means: Means,
  test: Kept,
  { attempt, verdict, wire, caPem }: MadeConnection,
  by: AttemptLine['by'],
): Promise<string | undefined> {
  const record = test.identity === null ? undefined : await means.vault.identities.find(test.identity)
  const kept = await means.history.keep({
    identity: test.identity,
    identityName: record?.plan.name ?? null,
    method: test.method,
    trust: test.trust.by,
    ...(test.trust.by === 'pem' && caPem !== undefined && { caPem }),
    attempt,
    verdict,
    by,
  })
  if (wire && kept) means.captures.keep(kept.attempt, wire)
  if (!record) return kept?.attempt
  const host = URL.canParse(attempt.url) ? new URL(attempt.url).host : ''
  const detail = `${host}: ${verdict.outcome}`.slice(0, 300)
  await means.vault.journal.note({
    what: 'used-in-test',
    kind: 'identity',
    id: record.handle,
    name: record.plan.name,
    detail,
  })
  const at = means.now().toISOString()
  const running = means.practice.state().running
  const practice = running !== null && host === new URL(running.apiUrl).host ? (true as const) : undefined
  await changeIdentity(means, record.handle, (stored) => ({
    ...withEvent(stored, { at, what: 'tested', detail: verdict.title }),
    lastTest: { at, outcome: verdict.outcome, title: verdict.title, ...(practice && { practice }) },
  }))
  if (kept && test.remember) {
    const { url, headers, body } = test
    await keepCall(means, record.handle, kept.endpoint.id, { url, headers, ...(body !== undefined && { body }) })
  }
  return kept?.attempt
}
