import type { ConnectionOptions } from '../../shared/tls/attempt.ts'
import { isProxyAddress, proxyAddressHint } from '../../shared/tls/proxy-place.ts'

/** How to connect, as the form holds it: text as typed, `''` for what is left to the defaults. */
export type CallOptions = {
  /** `host`, `host:port`, `[::1]:port` or `:port`: where to connect to in place of the address’s host. */
  connectTo: string
  /** What is said in SNI: the host of the address, another name, or nothing. */
  sni: 'host' | 'other' | 'none'
  serverName: string
  versions: '' | 'TLSv1.2' | 'TLSv1.3'
  family: '' | '4' | '6'
  http: '' | 'http/1.1' | 'h2' | 'both'
  /** `''`: as the settings say. */
  proxy: '' | 'none' | 'system' | 'address'
  proxyUrl: string
  proxyUser: string
  proxyPassword: string
  timeoutS: string
  /** Further connections after a refusal. */
  probes: boolean
}

export const usualOptions: CallOptions = {
  connectTo: '',
  sni: 'host',
  serverName: '',
  versions: '',
  family: '',
  http: '',
  proxy: '',
  proxyUrl: '',
  proxyUser: '',
  proxyPassword: '',
  timeoutS: '',
  probes: true,
}

/** A place to connect to, as typed; `null` when it is none. A port alone keeps the host. */
export function placeIn(text: string, host: string): { host: string; port?: number } | null {
  const found = /^(\[[0-9a-f:.]+\]|[^\s/:[\]]+|)(?::(\d{1,5}))?$/i.exec(text.trim())
  // An IPv6 address without brackets has colons of its own, and no port.
  if (!found) return /^[0-9a-f:.]+$/i.test(text.trim()) && text.includes(':') ? { host: text.trim() } : null
  const named = found[1]?.replace(/^\[|\]$/g, '') || host
  if (found[2] === undefined) return named === '' ? null : { host: named }
  const port = Number(found[2])
  return port >= 1 && port <= 65_535 && named !== '' ? { host: named, port } : null
}

/** What is wrong with a field, as its message; nothing where all can be sent. */
export function optionProblems(options: CallOptions): Partial<Record<keyof CallOptions, string>> {
  const wrong: Partial<Record<keyof CallOptions, string>> = {}
  if (options.connectTo.trim() !== '' && !placeIn(options.connectTo, 'host')) {
    wrong.connectTo = 'An address such as 192.0.2.7, 192.0.2.7:8443 or [2001:db8::7]:443'
  }
  if (options.sni === 'other' && !/^[a-z0-9_.-]{1,253}$/i.test(options.serverName.trim())) {
    wrong.serverName = 'A host name such as api.example.com'
  }
  if (options.proxy === 'address' && !isProxyAddress(options.proxyUrl)) {
    wrong.proxyUrl = proxyAddressHint
  }
  const seconds = Number(options.timeoutS)
  if (options.timeoutS.trim() !== '' && !(seconds >= 0.5 && seconds <= 120))
    wrong.timeoutS = 'Half a second to 120 seconds'
  return wrong
}

/** The choices as the contract asks for them; what is usual is left out. `host` is the one of the address. */
export function connectionOptions(options: CallOptions, host: string): ConnectionOptions | undefined {
  const { versions, family, http, proxy } = options
  const place = options.connectTo.trim() === '' ? null : placeIn(options.connectTo, host)
  const chosen: ConnectionOptions = {
    ...(place && { connectTo: place }),
    ...(options.sni === 'none' && { serverName: null }),
    ...(options.sni === 'other' && { serverName: options.serverName.trim() }),
    ...(versions !== '' && { minVersion: versions, maxVersion: versions }),
    ...(family !== '' && { family: family === '4' ? 4 : 6 }),
    ...(http !== '' && { alpn: http === 'both' ? ['h2', 'http/1.1'] : [http] }),
    ...((proxy === 'none' || proxy === 'system') && { proxy: { by: proxy } }),
    ...(proxy === 'address' && { proxy: { by: 'address', url: options.proxyUrl.trim() } }),
  }
  return Object.keys(chosen).length === 0 ? undefined : chosen
}

/** Which choices differ from the usual, in a few words each. */
export function unusual(options: CallOptions): string[] {
  const { connectTo, sni, serverName, versions, family, http, proxy, proxyUrl, timeoutS, probes } = options
  const httpWords = { 'http/1.1': 'HTTP/1.1', h2: 'HTTP/2 only', both: 'HTTP/2 offered' }
  return [
    connectTo.trim() !== '' && `to ${connectTo.trim()}`,
    sni === 'none' && 'no SNI',
    sni === 'other' && `SNI ${serverName.trim()}`,
    versions !== '' && `only ${versions.replace('TLSv', 'TLS ')}`,
    family !== '' && `IPv${family}`,
    http !== '' && http !== 'http/1.1' && httpWords[http],
    proxy === 'none' && 'no proxy',
    proxy === 'system' && 'the system’s proxy',
    proxy === 'address' && `proxy ${proxyUrl.trim().replace(/^https?:\/\//, '')}`,
    timeoutS.trim() !== '' && `${timeoutS.trim()} s`,
    !probes && 'no further connections',
  ].filter((word) => word !== false)
}

/** The form’s choices for options that were used before. */
export function optionsFrom(options: ConnectionOptions | undefined): CallOptions {
  if (!options) return usualOptions
  const { connectTo, serverName, minVersion, maxVersion, family, alpn, proxy } = options
  const host = connectTo && (connectTo.host.includes(':') ? `[${connectTo.host}]` : connectTo.host)
  return {
    ...usualOptions,
    connectTo: connectTo ? `${host}${connectTo.port === undefined ? '' : `:${connectTo.port}`}` : '',
    sni: serverName === undefined ? 'host' : serverName === null ? 'none' : 'other',
    serverName: serverName ?? '',
    versions: minVersion !== undefined && minVersion === maxVersion ? minVersion : '',
    family: family === 4 ? '4' : family === 6 ? '6' : '',
    http: !alpn ? '' : alpn.length > 1 ? 'both' : (alpn[0] ?? ''),
    proxy: proxy?.by ?? '',
    proxyUrl: proxy?.by === 'address' ? proxy.url : '',
  }
}
