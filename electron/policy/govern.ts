import { isGoverned } from '../../shared/policy/policy-state.ts'
import { refuse } from '../../shared/result.ts'
import type { ProxyChoice } from '../../shared/tls/attempt.ts'
import type { Providers } from '../provider-files.ts'
import type { SettingsStore } from '../settings-store.ts'
import type { Proxies } from '../tls/proxies.ts'
import type { LoadedPolicy } from './load-policy.ts'
import { brokenPolicy, isAllowed, providerRefusal } from './refusals.ts'

/** The proxy that a policy decides; undefined where it decides none. */
export function decidedProxy({ policy: { proxy } }: Pick<LoadedPolicy, 'policy'>): ProxyChoice | undefined {
  if (!proxy) return undefined
  return proxy.by === 'address' ? { by: 'address', url: proxy.url ?? '' } : { by: proxy.by }
}

const isHere = (url: string) => {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : ''
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

/** The way of every connection is the policy’s, whatever was chosen. What listens on this computer is called directly. */
export function governProxies(proxies: Proxies, state: LoadedPolicy): Proxies {
  if (!isGoverned(state, 'proxy')) return proxies
  const decided = decidedProxy(state)
  return {
    async wayTo(url, choice, login) {
      if (isHere(url)) return proxies.wayTo(url, decided?.by === 'system' ? choice : { by: 'none' }, login)
      // No address is no way: an attempt then fails, and never goes out directly.
      return decided ? proxies.wayTo(url, decided, login) : { address: 'unknown: the policy is broken' }
    },
  }
}

/** Settings as they are in force. What is kept stays as it was, for the day when nobody decides it any more. */
export function governSettings(settings: SettingsStore, state: LoadedPolicy): SettingsStore {
  const proxy = decidedProxy(state)
  const withPolicy = (kept: ReturnType<SettingsStore['read']>) => ({ ...kept, ...(proxy && { proxy }) })
  return {
    ...settings,
    read: () => withPolicy(settings.read()),
    change: async (change) => withPolicy(await settings.change(change)),
  }
}

/**
 * Providers that the organisation added stand beside those of the app, and those it does not allow are not offered. What
 * was made for one of them before still finds its rules.
 */
export function governProviders(providers: Providers, state: LoadedPolicy): Providers {
  if (!isGoverned(state, 'providers')) return providers
  const { own = true } = state.policy.providers ?? {}
  const given = state.profiles
  return {
    async list() {
      if (brokenPolicy(state, 'providers')) return []
      const ids = new Set(given.map(({ id }) => id))
      const others = (await providers.list()).filter(({ profile, builtIn }) => !ids.has(profile.id) && (builtIn || own))
      const all = [...others, ...given.map((profile) => ({ profile, builtIn: false, managed: true as const }))]
      return all.filter(({ profile }) => isAllowed(state.policy, profile.id))
    },
    find: async (id) => given.find((profile) => profile.id === id) ?? providers.find(id),
    async add(fileName, text) {
      const broken = brokenPolicy(state, 'providers')
      if (broken) return refuse(broken)
      if (!own) return refuse({ code: 'policy.managed', what: 'which providers there are' })
      const { parseProfile } = await import('../../shared/providers/registry.ts')
      const parsed = parseProfile(text, fileName)
      const refused = parsed.ok ? providerRefusal(state, parsed.value.id) : null
      if (refused) return refuse(refused)
      if (parsed.ok && given.some(({ id }) => id === parsed.value.id)) {
        return refuse({ code: 'provider.id-taken', id: parsed.value.id })
      }
      return providers.add(fileName, text)
    },
    remove: async (id) =>
      given.some((profile) => profile.id === id)
        ? refuse({ code: 'policy.managed', what: 'which providers there are' })
        : providers.remove(id),
  }
}
