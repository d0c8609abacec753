import type { IdentityRecord } from '../vault/identity-record.ts'
import { dateOf } from './certificate-dates.ts'
import type { Found, ProviderCas } from './provider-cas.ts'

const lives = { requested: 'waiting', ready: 'current', replaced: 'replaced', revoked: 'revoked' } as const

/** Identities; the authorities that are kept with them are noted on the way. */
export function identityItems(records: readonly IdentityRecord[], cas: ProviderCas): Found[] {
  const heirs = new Map(
    records.flatMap(({ plan, state }) => (plan.renews && state === 'ready' ? [[plan.renews, plan.name] as const] : [])),
  )
  return records.map((record): Found => {
    const { handle, plan, providerName, environmentName, state, practice } = record
    const belongs = { provider: plan.provider, providerName, environment: plan.environment, environmentName, practice }
    const current = state === 'ready'
    const heir = heirs.get(handle)
    for (const pem of [...record.chainPem, record.serverCaPem ?? '']) {
      cas.note(pem, { ...belongs, name: plan.name, handle, current })
    }
    const [notBefore, notAfter, createdAt] = [record.notBefore, record.notAfter, record.createdAt].map(dateOf)
    return {
      id: `identity:${handle}`,
      kind: 'identity',
      name: plan.name,
      ...belongs,
      life: lives[state],
      ...(createdAt !== undefined && { createdAt }),
      ...(notBefore !== undefined && { notBefore }),
      ...(notAfter !== undefined && { notAfter }),
      handle,
      usedBy: [],
      ...(current &&
        heir !== undefined && { note: `Its successor “${heir}” is ready: switch over to it before then.` }),
      ...(plan.renews !== undefined && { heir: `identity:${plan.renews}` }),
    }
  })
}
