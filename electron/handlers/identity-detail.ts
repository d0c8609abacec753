import type { Finding } from '../../shared/findings.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { checkCertificate, checkRequest } from '../../shared/providers/conformance.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { renewalsAmong } from '../../shared/renewal/renewal.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { TestingMeans } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { summaryOf } from './identity-summary.ts'

/** The whole public side of an identity, read anew from its request and certificates. */
export async function detailOf(means: TestingMeans, record: IdentityRecord): Promise<IdentityDetail> {
  const { keptBy } = await means.vault.state()
  const profile = await means.providers.find(record.plan.provider)
  const { records } = await means.vault.identities.list()
  const requestFacts = await requestFactsOf(record)
  const certificateFacts = record.certificatePem === undefined ? undefined : certificateFactsOf(record.certificatePem)
  return {
    ...summaryOf(record, keptBy, renewalsAmong(records)),
    plan: record.plan,
    requestPem: record.requestPem,
    requestFacts,
    certificatePem: record.certificatePem,
    certificateFacts,
    chain: record.chainPem.map((pem) => ({ pem, facts: certificateFactsOf(pem) ?? {} })),
    serverCaPem: record.serverCaPem,
    findings: profile ? findingsOf(profile, record, requestFacts, certificateFacts, means.now()) : [],
    remembered: record.remembered,
    history: record.history,
  }
}

function findingsOf(
  profile: Profile,
  record: IdentityRecord,
  requestFacts: Facts,
  facts: Facts | undefined,
  now: Date,
): Finding[] {
  if (!facts) return checkRequest(profile, record.plan.environment, requestFacts)
  const selfSigned = facts.selfSigned === true
  return checkCertificate(profile, record.plan.environment, { facts, requestFacts, selfSigned, now })
}

export async function requestFactsOf(record: IdentityRecord): Promise<Facts> {
  const der = pemBlocks(record.requestPem)[0]?.der
  return (der && (await readRequest(der))?.facts) ?? {}
}

export function certificateFactsOf(pem: string): Facts | undefined {
  const der = pemBlocks(pem)[0]?.der
  return der && readCertificate(der)?.facts
}

/** DER of the first block; what is stored was read before it was stored. */
export function derOfPem(pem: string): Uint8Array {
  const der = pemBlocks(pem)[0]?.der
  if (!der) throw new Error('stored PEM without a block')
  return der
}

/** The record, or the refusal that there is none. */
export async function findIdentity({ vault }: TestingMeans, handle: string): Promise<Result<IdentityRecord>> {
  const record = await vault.identities.find(handle)
  return record ? ok(record) : refuse({ code: 'vault.no-such-identity' })
}

/** Changes a stored identity, tells the page, and answers it whole. */
export async function changeIdentity(
  means: TestingMeans,
  handle: string,
  change: (record: IdentityRecord) => IdentityRecord,
  secrets: Record<string, Uint8Array | null> = {},
): Promise<Result<IdentityDetail>> {
  const changed = await means.vault.identities.change(handle, change, secrets)
  if (!changed) return refuse({ code: 'vault.no-such-identity' })
  if (!changed.ok) return changed
  means.news({ kind: 'identities-changed' })
  return ok(await detailOf(means, changed.value))
}
