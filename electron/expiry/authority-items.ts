import { listDueAt } from '../../shared/authority/list-plan.ts'
import { environmentOf } from '../../shared/providers/plan.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
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
  // An issuing authority stands in the book of its root, to be revoked there, and is listed as the authority that it is.
  const keys = new Set(authorities.flatMap(({ certificatePem }) => read(certificatePem).map((one) => one.spkiSha256)))
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
  const certificatesIssued = issued
    .filter(({ spkiSha256 }) => spkiSha256 === undefined || !keys.has(spkiSha256))
    .map((record) => issuedItem(record, names.get(record.authority) ?? null))
  return { items: [...items, ...certificatesIssued], certificates }
}

function issuedItem(record: IssuedRecord, issuer: string | null): Found {
  const { handle, authority, name, provider, environment, revoked, renewedBy, renews } = record
  const profile = builtInProfiles.find(({ id }) => id === provider)
  const place = profile && environment !== undefined ? environmentOf(profile, environment) : undefined
  return {
    ...nobody,
    id: `issued:${handle}`,
    kind: 'issued',
    name,
    provider: provider ?? null,
    environment: environment ?? null,
    // Without a provider it belongs to whoever issued it.
    providerName: profile?.name ?? provider ?? issuer,
    environmentName: place?.name ?? environment ?? null,
    life: revoked ? 'revoked' : renewedBy !== undefined ? 'replaced' : 'current',
    notBefore: dateOf(record.notBefore),
    notAfter: dateOf(record.notAfter),
    handle: authority,
    usedBy: [],
    ...(renews !== undefined && { heir: `issued:${renews}` }),
  }
}
