import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { IssuedRecord } from '../../vault/authority-record.ts'
import { bookAuthorityOf, issuedSummaryOf } from './issued-detail.ts'

/** All that was issued, the latest first, and the authorities that issued it. */
export const readBook =
  ({ vault, now }: Means): Handlers['readBook'] =>
  async () => {
    const [authorities, issued] = [await vault.authorities.list(), await vault.issued.list()]
    const byAuthority = new Map<string, IssuedRecord[]>()
    for (const record of issued.records) {
      const list = byAuthority.get(record.authority)
      if (list) list.push(record)
      else byAuthority.set(record.authority, [record])
    }
    const names = new Map(authorities.records.map(({ handle, name }) => [handle, name]))
    const lines = issued.records.map((record) => issuedSummaryOf(record, names.get(record.authority) ?? ''))
    const shown = authorities.records.map((record) =>
      bookAuthorityOf(record, byAuthority.get(record.handle) ?? [], authorities.records, now()),
    )
    return ok({
      authorities: shown.sort((a, b) => a.name.localeCompare(b.name) || b.notAfter.localeCompare(a.notAfter)),
      issued: lines.sort((a, b) => b.issuedAt.localeCompare(a.issuedAt)),
      damaged: [...authorities.damaged, ...issued.damaged],
    })
  }
