import { BlockList, isIP } from 'node:net'
import { bareHost } from './dial.ts'

/**
 * The proxy that the environment names for an https address, by curl's rules: `https_proxy` before `all_proxy`, lower
 * case before upper case, an empty value is none, and `no_proxy` lists who is called directly.
 */
export function proxyFromEnvironment(url: string, env: Record<string, string | undefined>): string | null {
  const named = (name: string) => env[name] || env[name.toUpperCase()] || undefined
  const proxy = named('https_proxy') ?? named('all_proxy')
  if (proxy === undefined || !URL.canParse(url)) return null
  return isExcepted(new URL(url).hostname, named('no_proxy') ?? '') ? null : proxy
}

/**
 * curl's reading of `no_proxy`: names divided by commas or blanks. A name stands for itself and all below it, with or
 * without a leading dot; an address for itself, or with a mask for its network; `*` alone for everything. Ports are no
 * part of it.
 */
export function isExcepted(hostname: string, list: string): boolean {
  if (list === '*') return true
  const host = bareHost(hostname).toLowerCase().replace(/\.$/, '')
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
  return entries.some((entry) => (isIP(host) ? isInNetwork(host, entry) : isBelow(host, entry)))
}

function isBelow(host: string, entry: string): boolean {
  const name = entry.replace(/\.$/, '').replace(/^\./, '')
  return name !== '' && (host === name || host.endsWith(`.${name}`))
}

function isInNetwork(host: string, entry: string): boolean {
  const [base = '', mask] = entry.split('/', 2)
  const network = bareHost(base)
  const family = isIP(network)
  if (family === 0 || family !== isIP(host)) return false
  const longest = family === 4 ? 32 : 128
  const bits = mask === undefined ? longest : /^\d{1,3}$/.test(mask) ? Number(mask) : -1
  if (bits < 0 || bits > longest) return false
  // curl takes a mask of no bits for no mask.
  if (bits === 0) return network === host
  const networks = new BlockList()
  const as = family === 4 ? 'ipv4' : 'ipv6'
  networks.addSubnet(network, bits, as)
  return networks.check(host, as)
}

const schemes: Record<string, string> = {
  PROXY: 'http',
  HTTPS: 'https',
  SOCKS: 'socks',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
}

/**
 * The first way of a list as proxy configuration scripts and Chromium write it, such as `PROXY proxy:8080; DIRECT`.
 * Null is the direct way.
 */
export function proxyFromPac(answer: string): string | null {
  const [kind = '', place = ''] = (answer.split(';')[0] ?? '').trim().split(/\s+/)
  const scheme = schemes[kind.toUpperCase()]
  return scheme === undefined || place === '' ? null : `${scheme}://${place}`
}
