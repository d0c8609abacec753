import { listDueAt } from '../../shared/authority/list-plan.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import { dateOf } from './certificate-dates.ts'
import type { Found, ReadPem } from './provider-cas.ts'

const nobody = { provider: null, providerName: null, environment: null, environmentName: null, practice: false }

type Items = {
  items: Found[]
  /** SHA-256 of the authorities' certificates: they are not listed a second time as somebody else's. */
  certificates: Set<string>
}

/** Authorities of one's own, the certificates that they issued, and the last revocation list of each. */
export function authorityItems(
  authorities: readonly AuthorityRecord[],
  issued: readonly IssuedRecord[],
  read: ReadPem,
): Items {
  const certificates = new Set(
    authorities.flatMap(({ certificatePem }) => read(certificatePem).map((one) => one.sha256)),
  )
  const names = new Map(authorities.map(({ handle, name }) => [handle, name]))
  const items = authorities.flatMap((authority): Found[] => {
    const { handle, name, successor, crl } = authority
    const from = dateOf(authority.notBefore)
    const common = { ...nobody, name, handle, usedBy: [] }
    const own: Found = {
      ...common,
      id: `authority:${handle}`,
      kind: 'authority',
      life: successor === undefined ? 'current' : 'replaced',
      ...(from !== undefined && { notBefore: from }),
      notAfter: dateOf(authority.notAfter),
    }
    if (!crl) return [own]
    const list: Found = {
      ...common,
      id: `crl:${handle}`,
      kind: 'crl',
      // Once the authority has ended nobody asks for its list.
      life: Date.parse(authority.notAfter) <= Date.parse(crl.nextUpdate) ? 'replaced' : 'current',
      notBefore: dateOf(crl.thisUpdate),
      notAfter: dateOf(crl.nextUpdate),
      renewFrom: listDueAt(crl).toISOString(),
    }
    return [own, list]
  })
  const certificatesIssued = issued.map(
    (record): Found => ({
      ...nobody,
      id: `issued:${record.handle}`,
      kind: 'issued',
      name: record.name,
      provider: record.provider ?? null,
      environment: record.environment ?? null,
      providerName: record.provider ?? names.get(record.authority) ?? null,
      environmentName: record.environment ?? null,
      life: record.revoked ? 'revoked' : record.renewedBy !== undefined ? 'replaced' : 'current',
      notBefore: dateOf(record.notBefore),
      notAfter: dateOf(record.notAfter),
      handle: record.authority,
      usedBy: [],
      ...(record.renews !== undefined && { heir: `issued:${record.renews}` }),
    }),
  )
  return { items: [...items, ...certificatesIssued], certificates }
}
