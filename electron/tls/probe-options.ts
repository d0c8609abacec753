import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { ConnectionOptions, Step } from '../../shared/tls/attempt.ts'
import { bareHost } from './dial.ts'
import type { EngineKey } from './engine-key.ts'
import { coded } from './failure.ts'
import type { HttpProxy } from './proxy-address.ts'
import type { Trust } from './trust.ts'

/** `keyPem` is the key in the clear: it is used for this connection and kept nowhere. */
export type PemIdentity = { certificatePem: string; chainPem: string[]; keyPem: string }
export type TokenIdentity = Omit<PemIdentity, 'keyPem'> & { engineKey: EngineKey }

export type ProbeOptions = {
  url: string
  method: string
  headers: { name: string; value: string }[]
  body?: string
  identity: PemIdentity | TokenIdentity | null
  trust: Trust
  /** For the whole attempt, from the name look-up to the last byte of the answer. */
  timeoutMs: number
  /** Its `proxy` is only told: which one that means is for the caller to find, and given as `proxy`. */
  options?: ConnectionOptions
  proxy?: HttpProxy | null
  signal?: AbortSignal
  /** Called for each step as it happens, in the order of the list in the answer. */
  onStep?: (step: Step) => void
}

/** Where an attempt goes: whom it connects to, and whom it speaks to there. */
export type Target = {
  url: URL
  host: string
  port: number
  family?: 4 | 6
  /** The server’s certificate is checked for this name or address. */
  spokenTo: string
  /** SNI: absent for addresses, which it cannot carry, and where none is wanted. */
  serverName?: string
}

/** The methods that a call is made with. CONNECT would be for a proxy, TRACE would send back what is secret. */
export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Throws for an address, a name or a method that cannot be used. */
export function targetOf({ url: text, method, options = {} }: ProbeOptions): Target {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:' || !url.hostname || url.username || url.password) {
    throw coded('ERR_INVALID_URL', 'the address is not of the form https://host:port/path')
  }
  if (!methods.includes(method)) {
    throw coded('ERR_METHOD_REFUSED', `a call is made with ${methods.join(', ')}, not ${method.slice(0, 20)}`)
  }
  const { connectTo, serverName, family } = options
  const spokenTo = serverName ? nameOf(serverName) : bareHost(url.hostname)
  const sni = serverName === null || isIP(spokenTo) ? undefined : spokenTo
  return {
    url,
    host: connectTo ? nameOf(connectTo.host) : bareHost(url.hostname),
    port: connectTo?.port ?? (Number(url.port) || 443),
    spokenTo,
    ...(family ? { family } : {}),
    ...(sni === undefined ? {} : { serverName: sni }),
  }
}

/** A host name or address as it goes over the wire: international names in their ASCII form. */
function nameOf(text: string): string {
  const bare = bareHost(text.trim())
  const name = isIP(bare) ? bare : domainToASCII(bare).replace(/\.$/, '')
  if (/[\s/?#@:\\]/.test(isIP(bare) ? '' : bare) || !(isIP(name) || /^[\w.-]+$/.test(name))) {
    throw coded('ERR_INVALID_URL', `“${text.slice(0, 60)}” is neither a host name nor an address`)
  }
  return name
}
