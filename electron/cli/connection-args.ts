import { isGoverned } from '../../shared/policy/policy-state.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { ConnectionOptions } from '../../shared/tls/attempt.ts'
import { governProxies } from '../policy/govern.ts'
import { policyInForce } from '../policy/in-force.ts'
import { createReader } from '../reader-client.ts'
import { createProxies, type Login } from '../tls/proxies.ts'
import { type HttpProxy, readProxy } from '../tls/proxy-address.ts'
import { proxyFromEnvironment } from '../tls/proxy-choice.ts'
import { type Arguments, type Option, usageProblem } from './args.ts'
import type { Io } from './io.ts'
import { certificatesIn } from './material.ts'
import { passphrasesGiven } from './passphrase.ts'

/** How a connection is made, besides its address: the options of `test` about that. */
export const connectionOptions: Record<string, Option> = {
  'connect-to': {
    takes: 'HOST[:PORT]',
    says: 'connect there instead; the certificate is still checked for URL’s host',
  },
  sni: { takes: 'NAME', says: 'the name to ask for (SNI), and to check the certificate for' },
  'no-sni': { says: 'ask for no name' },
  'tls-min': { takes: '1.2|1.3', says: 'the lowest version of TLS' },
  'tls-max': { takes: '1.2|1.3', says: 'the highest version of TLS' },
  '4': { says: 'IPv4 addresses only' },
  '6': { says: 'IPv6 addresses only' },
  alpn: { takes: 'LIST', says: 'what to offer: http/1.1 (without this), h2, both with a comma, or none' },
  proxy: {
    takes: 'URL',
    says: 'an HTTP proxy (http://host:port or https://…), or none; otherwise https_proxy and no_proxy, as curl reads them',
  },
  'proxy-user': { takes: 'USER', says: 'who to be at the proxy; its password is asked for on a terminal' },
  'proxy-password-file': { takes: 'FILE', says: 'first line of FILE is that password' },
  'proxy-ca': { takes: 'FILE', says: 'what to trust at an https proxy; the roots of this computer otherwise' },
}

const versions: Record<string, 'TLSv1.2' | 'TLSv1.3'> = { '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' }

/** The options as given; nothing of it when none is. */
export function connectionGiven(args: Arguments): Result<ConnectionOptions> {
  const options: ConnectionOptions = {}
  const connectTo = args.one('connect-to')
  if (connectTo !== undefined) {
    const [, host = '', port] = /^(\[[0-9a-fA-F:.]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/.exec(connectTo) ?? []
    if (host === '' || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
      return usageProblem('--connect-to takes HOST, HOST:PORT or [ADDRESS]:PORT')
    }
    options.connectTo = { host: host.replace(/^\[|\]$/g, ''), ...(port === undefined ? {} : { port: Number(port) }) }
  }
  if (args.has('sni') && args.has('no-sni')) return usageProblem('Say either --sni or --no-sni')
  const serverName = args.has('no-sni') ? null : args.one('sni')
  if (serverName !== undefined) options.serverName = serverName
  for (const [name, field] of [
    ['tls-min', 'minVersion'],
    ['tls-max', 'maxVersion'],
  ] as const) {
    const text = args.one(name)
    const version = versions[text?.replace(/^TLSv?/i, '') ?? '']
    if (text !== undefined && !version) return usageProblem(`--${name} takes 1.2 or 1.3, not “${text}”`)
    if (version) options[field] = version
  }
  if (options.minVersion === 'TLSv1.3' && options.maxVersion === 'TLSv1.2') {
    return usageProblem('--tls-min is above --tls-max')
  }
  if (args.has('4') && args.has('6')) return usageProblem('Say either -4 or -6')
  if (args.has('4') || args.has('6')) options.family = args.has('4') ? 4 : 6
  const alpn = alpnGiven(args.one('alpn'))
  if (!alpn.ok) return alpn
  if (alpn.value) options.alpn = alpn.value
  const proxy = args.one('proxy')
  // Whoever lists the processes of this computer would see a password there.
  if (proxy?.includes('@')) return usageProblem('--proxy takes no user and password: use --proxy-user')
  if (proxy !== undefined) options.proxy = proxy === 'none' ? { by: 'none' } : { by: 'address', url: proxy }
  return ok(options)
}

const protocols: Record<string, 'h2' | 'http/1.1'> = { h1: 'http/1.1', 'http/1.1': 'http/1.1', h2: 'h2' }

function alpnGiven(text: string | undefined): Result<ConnectionOptions['alpn']> {
  if (text === undefined) return ok(undefined)
  if (text === 'none') return ok([])
  const names = text.split(',').map((name) => protocols[name.trim()])
  const known = names.flatMap((name) => name ?? [])
  if (known.length === names.length && known.length <= 2) return ok(known)
  return usageProblem('--alpn takes h2, http/1.1, both with a comma, or none')
}

/** The proxy to go through: the one that was named, or the environment's; null when there is none. */
export async function proxyGiven(
  args: Arguments,
  { proxy = { by: 'system' } }: ConnectionOptions,
  url: string,
  io: Io,
): Promise<Result<HttpProxy | null>> {
  if (proxy.by === 'address' && !readProxy(proxy.url)) {
    return usageProblem('--proxy takes an address such as http://proxy.example.com:3128')
  }
  // The policy has the last word in any case; whoever names another way is told.
  if (args.has('proxy') && isGoverned(policyInForce(), 'proxy')) {
    return refuse({ code: 'policy.managed', what: 'the proxy' })
  }
  const login = await loginGiven(args, io)
  if (!login.ok) return login
  const own = createProxies(async (address) => proxyFromEnvironment(address, process.env))
  const proxies = governProxies(own, policyInForce())
  const way = await proxies.wayTo(url, proxy, login.value)
  const file = args.one('proxy-ca')
  if (!way || file === undefined) return ok(way)
  const reader = createReader()
  try {
    const found = await certificatesIn(file, reader, io, [])
    return found.ok ? ok({ ...way, caPem: found.value.map(({ pem }) => pem).join('') }) : found
  } finally {
    await reader.close()
  }
}

async function loginGiven(args: Arguments, io: Io): Promise<Result<Login | undefined>> {
  const user = args.one('proxy-user')
  const given = await passphrasesGiven(args, 'proxy-password-file')
  if (!given.ok) return given
  if (user === undefined) {
    return given.value.length > 0 ? usageProblem('--proxy-password-file needs --proxy-user too') : ok(undefined)
  }
  if (given.value[0] !== undefined) return ok({ user, password: given.value[0] })
  if (!io.interactive) return ok({ user, password: '' })
  const typed = await io.ask(`Password of ${user} at the proxy`)
  return typed === null ? refuse({ code: 'app.cancelled' }) : ok({ user, password: typed })
}
