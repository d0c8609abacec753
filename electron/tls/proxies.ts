import type { ProxyChoice } from '../../shared/tls/attempt.ts'
import { type HttpProxy, readProxy } from './proxy-address.ts'

export type Login = { user: string; password: string }

export type Proxies = {
  /** The way that a choice means for an address; null is the direct one. A login given is kept until the app ends. */
  wayTo(url: string, choice: ProxyChoice, login?: Login): Promise<HttpProxy | null>
}

/**
 * Which proxy to use, and what it asked for. Logins stay in memory: they are given by hand, a company changes them
 * often, and what is stored nowhere cannot be read from there. `systemProxy` answers an address such as
 * `http://proxy:3128`, or null.
 */
export function createProxies(systemProxy: (url: string) => Promise<string | null>): Proxies {
  const logins = new Map<string, Login>()
  return {
    async wayTo(url, choice, login) {
      const named = choice.by === 'address' ? choice.url : choice.by === 'system' ? await systemProxy(url) : null
      if (named === null) return null
      const read = readProxy(named)
      // Told by the attempt: an address that is none is a failure of the way, as a proxy that is not there.
      if (!read) return { address: named }
      const { address, user, password } = read
      if (login) logins.set(address, login)
      const own = user === undefined ? undefined : { user, password: password ?? '' }
      return { address, ...(logins.get(address) ?? own) }
    },
  }
}
