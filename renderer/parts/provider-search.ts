import type { ProviderEntry } from '../../shared/providers/provider-entry.ts'

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Providers whose name, id or summary holds every word. The free one is always offered, and always last. */
export function matchingProviders(providers: readonly ProviderEntry[], search: string): ProviderEntry[] {
  const wanted = folded(search).split(/\s+/).filter(Boolean)
  const fits = ({ profile }: ProviderEntry) => {
    const text = folded(`${profile.name} ${profile.id} ${profile.summary}`)
    return profile.id === 'other' || wanted.every((word) => text.includes(word))
  }
  const last = (entry: ProviderEntry) => (entry.profile.id === 'other' ? 1 : 0)
  return providers.filter(fits).sort((a, b) => last(a) - last(b))
}
