import { listDueAt, listState } from '../../../shared/authority/list-plan.ts'
import type { IssuedSummary } from '../../../shared/calls/authority.ts'
import type { BookAuthority, IssuedDetail } from '../../../shared/calls/book.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { listDaysOf } from '../../authority/make-list.ts'
import type { Means } from '../../means.ts'
import type { AuthorityRecord, IssuedRecord } from '../../vault/authority-record.ts'

export function issuedSummaryOf(record: IssuedRecord, authorityName: string): IssuedSummary {
  const { handle, authority, serial, name, subject, notBefore, notAfter, issuedAt, provider, environment } = record
  const { renews, renewedBy, revoked, note } = record
  return {
    handle,
    authority,
    authorityName,
    serial,
    name,
    subject,
    ...(notBefore !== undefined && { notBefore }),
    notAfter,
    issuedAt,
    ...(provider !== undefined && { provider }),
    ...(environment !== undefined && { environment }),
    renewable: record.requestPem !== undefined,
    here: record.certificatePem !== undefined,
    ...(renews && { renews }),
    ...(renewedBy && { renewedBy }),
    ...(revoked && { revoked }),
    ...(note && { note }),
  }
}

export async function findIssued({ vault }: Pick<Means, 'vault'>, issued: string): Promise<Result<IssuedRecord>> {
  const record = await vault.issued.find(issued)
  return record ? ok(record) : refuse({ code: 'issued.no-such' })
}

export async function issuedDetailOf({ vault }: Pick<Means, 'vault'>, record: IssuedRecord): Promise<IssuedDetail> {
  const authority = await vault.authorities.find(record.authority)
  const { certificatePem, requestPem } = record
  const facts = certificatePem && readCertificate(pemBlocks(certificatePem)[0]?.der ?? new Uint8Array())?.facts
  return {
    ...issuedSummaryOf(record, authority?.name ?? ''),
    ...(certificatePem && { certificatePem }),
    ...(facts && { facts }),
    ...(requestPem && { requestPem }),
  }
}

/** An authority with the standing of its list. `issued`: all that it has issued. */
export function bookAuthorityOf(
  record: AuthorityRecord,
  issued: readonly IssuedRecord[],
  all: readonly AuthorityRecord[],
  now: Date,
): BookAuthority {
  const { handle, name, askEachTime, notAfter, successor, crl } = record
  const revoked = issued.flatMap((one) => one.revoked ?? [])
  const predecessor = all.find((one) => one.successor === handle)?.handle
  return {
    handle,
    name,
    keyAt: record.keyPlace.at,
    askEachTime,
    notAfter,
    issued: issued.length,
    revoked: revoked.length,
    ...(predecessor && { predecessor }),
    ...(successor && { successor }),
    listDays: listDaysOf(record),
    list: {
      state: listState(crl, revoked, now),
      ...(crl && {
        number: crl.number,
        thisUpdate: crl.thisUpdate,
        nextUpdate: crl.nextUpdate,
        dueAt: listDueAt(crl).toISOString(),
      }),
    },
  }
}
