import { createHash } from 'node:crypto'
import { serverChangeWords } from '../../shared/expiry/server-change.ts'
import type { EndpointFile } from '../history/endpoint-file.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { dateOf } from './certificate-dates.ts'
import type { Found, ProviderCas } from './provider-cas.ts'

/** The certificates of watched servers as last seen: one for each address, and the authorities above them. */
export function serverItems(
  endpoints: readonly EndpointFile[],
  identities: readonly IdentityRecord[],
  cas: ProviderCas,
): Found[] {
  const byHandle = new Map(identities.map((record) => [record.handle, record]))
  const found = new Map<string, Found>()
  for (const endpoint of endpoints) {
    const { host, port, identity, server, serverNotAfter, trust } = endpoint
    const [leaf, ...above] = server?.chain ?? []
    const notAfter = dateOf(leaf?.notAfter ?? serverNotAfter)
    if (notAfter === undefined) continue
    const record = identity === null ? undefined : byHandle.get(identity)
    const belongs = {
      provider: record?.plan.provider ?? null,
      providerName: record?.providerName ?? null,
      environment: record?.plan.environment ?? null,
      environmentName: record?.environmentName ?? null,
      practice: trust === 'practice' || record?.practice === true,
    }
    const address = port === 443 ? host : `${host}:${port}`
    for (const { pem } of above) {
      if (pem) cas.note(pem, { ...belongs, name: address, handle: endpoint.identity ?? '', current: true })
    }
    const id = createHash('sha256').update(`${host.toLowerCase()} ${port}`).digest('hex').slice(0, 40)
    const user = endpoint.identityName
    const before = found.get(id)
    if (before) {
      if (user !== null && !before.usedBy.includes(user)) before.usedBy.push(user)
      continue
    }
    const { change } = server ?? {}
    found.set(id, {
      id: `server:${id}`,
      kind: 'server',
      name: address,
      ...belongs,
      life: 'current',
      notBefore: dateOf(leaf?.notBefore),
      notAfter,
      handle: endpoint.id,
      usedBy: user === null ? [] : [user],
      ...(change && { note: serverChangeWords(change, host).title }),
    })
  }
  return [...found.values()]
}
