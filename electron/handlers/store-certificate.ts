import type { IdentityDetail } from '../../shared/identity.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import type { Result } from '../../shared/result.ts'
import type { TestingMeans } from '../means.ts'
import { type IdentityRecord, withEvent } from '../vault/identity-record.ts'
import { changeIdentity } from './identity-detail.ts'

export type NewCertificate = {
  pem: string
  facts: Facts
  chainPem: string[]
  serverCaPem?: string
  practice: boolean
  accepted: string[]
  what: 'self-signed' | 'attached'
}

/**
 * Gives an identity its certificate. The one it renews stays active beside it until it is retired by hand; a request
 * that was never answered has nothing to retire, and is replaced.
 */
export async function storeCertificate(
  means: TestingMeans,
  handle: string,
  certificate: NewCertificate,
): Promise<Result<IdentityDetail>> {
  const at = means.now().toISOString()
  const stored = await changeIdentity(means, handle, (record) => withCertificate(record, certificate, at))
  if (!stored.ok) return stored
  const { name, notAfter } = stored.value
  const until = notAfter && `valid until ${notAfter.slice(0, 10)}`
  await means.vault.journal.note({ what: certificate.what, kind: 'identity', id: handle, name, detail: until })
  const { renews } = stored.value
  const old = renews === undefined ? undefined : await means.vault.identities.find(renews)
  if (old?.state !== 'requested') return stored
  const replaced = await changeIdentity(means, old.handle, (record) => ({
    ...withEvent(record, { at, what: 'replaced', detail: name }),
    state: 'replaced',
    replacedBy: handle,
  }))
  return replaced.ok ? stored : replaced
}

function withCertificate(record: IdentityRecord, certificate: NewCertificate, at: string): IdentityRecord {
  const { pem, facts, chainPem, serverCaPem, practice, accepted, what } = certificate
  const until = facts.notAfter === undefined ? undefined : `valid until ${facts.notAfter.slice(0, 10)}`
  return {
    ...withEvent(record, { at, what, detail: until }),
    state: record.state === 'requested' ? 'ready' : record.state,
    certificatePem: pem,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    chainPem,
    serverCaPem: serverCaPem ?? record.serverCaPem,
    practice,
    onPracticeFile: undefined,
    accepted,
    // A test of the certificate before says nothing about this one.
    lastTest: undefined,
  }
}
