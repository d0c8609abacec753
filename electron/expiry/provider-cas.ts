import type { ExpiryItem } from '../../shared/expiry/items.ts'
import type { CertificateDates } from './certificate-dates.ts'

/** An item before its reminders are known, which say from when to renew it unless it does so itself. `heir`: the item whose own days it takes over. */
export type Found = Omit<ExpiryItem, 'reminders' | 'remindDays' | 'snoozedUntil' | 'done'> & {
  heir?: string
}

export type ReadPem = (pem: string) => CertificateDates[]

/** Of whose certificates they are: the identity that they were kept with. */
export type CaOf = Pick<ExpiryItem, 'provider' | 'providerName' | 'environment' | 'environmentName' | 'practice'> & {
  name: string
  handle: string
  /** Only what is in use keeps a CA on the calendar. */
  current: boolean
}

/** More names than a person reads. */
const mostUsers = 20

/** Collects the authorities of others that identities and servers depend on, each once, however many depend on it. */
export function createProviderCas(read: ReadPem, own: ReadonlySet<string>) {
  const found = new Map<string, Found>()
  return {
    read,
    note(pem: string, of: CaOf) {
      for (const { sha256, name, notBefore, notAfter } of read(pem)) {
        if (own.has(sha256) || notAfter === undefined) continue
        const before = found.get(sha256)
        if (before) {
          if (of.current && !before.usedBy.includes(of.name) && before.usedBy.length < mostUsers)
            before.usedBy.push(of.name)
          if (of.current) before.life = 'current'
          // One that also serves for real is no practice.
          if (!of.practice) before.practice = false
          continue
        }
        const { provider, providerName, environment, environmentName, practice, handle } = of
        found.set(sha256, {
          id: `provider-ca:${sha256.slice(0, 40)}`,
          kind: 'provider-ca',
          name,
          provider,
          providerName,
          environment,
          environmentName,
          life: of.current ? 'current' : 'replaced',
          ...(notBefore !== undefined && { notBefore }),
          notAfter,
          practice,
          handle,
          usedBy: of.current ? [of.name] : [],
        })
      }
    },
    items: () => [...found.values()],
  }
}

export type ProviderCas = ReturnType<typeof createProviderCas>
