import type { AuthorityDetail, AuthoritySummary } from '../../../shared/calls/authority.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { Means } from '../../means.ts'
import type { AuthorityRecord, KeyPlace } from '../../vault/authority-record.ts'

export async function findAuthority(
  { vault }: Pick<Means, 'vault'>,
  authority: string,
): Promise<Result<AuthorityRecord>> {
  const record = await vault.authorities.find(authority)
  return record ? ok(record) : refuse({ code: 'authority.no-such' })
}

type Counted = { issued: number; keptBy: 'keychain' | 'passphrase' }

function placeOf(place: KeyPlace): string | undefined {
  if (place.at === 'vault') return undefined
  return place.at === 'token' ? place.token : place.url
}

export function summaryOf(record: AuthorityRecord, { issued, keptBy }: Counted): AuthoritySummary {
  const { handle, name, kind, key, notBefore, notAfter, parent, successor, askEachTime, crl } = record
  const keyPlace = placeOf(record.keyPlace)
  return {
    handle,
    name,
    kind,
    keyAt: record.keyPlace.at,
    ...(keyPlace !== undefined && { keyPlace }),
    keptBy,
    ...(key && { key }),
    subject: factsIn(record.certificatePem).subject ?? '',
    notBefore,
    notAfter,
    ...(parent && { parent }),
    ...(successor && { successor }),
    askEachTime,
    issued,
    ...(crl && { crl: { number: crl.number, nextUpdate: crl.nextUpdate } }),
  }
}

function factsIn(pem: string) {
  const [block] = pemBlocks(pem)
  return (block && readCertificate(block.der)?.facts) ?? {}
}

/** All authorities by name, of namesakes the one that lasts longest first. */
export async function listAuthorities({ vault }: Pick<Means, 'vault'>) {
  const [{ records, damaged }, issued, { keptBy }] = [
    await vault.authorities.list(),
    await vault.issued.list(),
    await vault.state(),
  ]
  const count = (handle: string) => issued.records.filter(({ authority }) => authority === handle).length
  const summaries = records.map((record) =>
    summaryOf(record, { issued: count(record.handle), keptBy: keptBy ?? 'passphrase' }),
  )
  summaries.sort((a, b) => a.name.localeCompare(b.name) || b.notAfter.localeCompare(a.notAfter))
  return { authorities: summaries, damaged: [...damaged, ...issued.damaged] }
}

export async function authorityDetailOf(
  { vault }: Pick<Means, 'vault'>,
  record: AuthorityRecord,
): Promise<AuthorityDetail> {
  const [{ records }, { keptBy }] = [await vault.issued.list(), await vault.state()]
  const issued = records.filter(({ authority }) => authority === record.handle).length
  return {
    ...summaryOf(record, { issued, keptBy: keptBy ?? 'passphrase' }),
    certificatePem: record.certificatePem,
    facts: factsIn(record.certificatePem),
    chain: record.chainPem.map((pem) => ({ pem, facts: factsIn(pem) })),
    defaults: record.defaults,
    ...((record.keyPlace.at === 'cfssl' || record.keyPlace.at === 'est') && { service: record.keyPlace }),
    history: record.history,
  }
}
