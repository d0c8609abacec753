import type { Attempt } from './attempt.ts'
import { type Evidence, seen } from './evidence.ts'

/** What to do about each way in which a proxy stands in the way; `failure.code` of the connection through it. */
const next: Record<string, string> = {
  ERR_PROXY_UNRESOLVED: 'Check the proxy’s name; it may be known only inside the company’s network.',
  ERR_PROXY_REFUSED: 'Check the proxy’s address and port, or test without a proxy.',
  ERR_PROXY_UNREACHABLE: 'Check network and VPN, or test without a proxy.',
  ERR_PROXY_AUTH: 'Give the proxy’s user name and password.',
  ERR_PROXY_FORBIDDEN: 'Ask who runs the proxy to let this host and port through.',
  ERR_PROXY_STATUS: 'The proxy cannot reach the host: check the host name and port, and ask who runs the proxy.',
  ERR_PROXY_NOT_A_PROXY: 'Check the proxy’s port: what answers there is no HTTP proxy.',
  ERR_PROXY_CLOSED: 'Ask who runs the proxy whether it lets this host and port through.',
  ERR_PROXY_TLS: 'Call the proxy with http://, or have its certificate trusted by this computer.',
  ERR_PROXY_UNSUPPORTED: 'Use an HTTP proxy: SOCKS is not spoken here.',
}

export const proxyNext = (code: string): string | undefined => next[code]

/** Why a connection ended at the proxy, or null when it did not. */
export function proxyCause({ failure }: Attempt): Evidence | null {
  if (!failure?.code.startsWith('ERR_PROXY_')) return null
  const text = `${failure.text.charAt(0).toUpperCase()}${failure.text.slice(1)}`
  return seen('net.proxy', `${text}${/[.!?…]$/.test(text) ? '' : '.'}`, next[failure.code])
}

/** Programs that open TLS on the way, by the issuers of the certificates that they make up as they go. */
const inspectors =
  /zscaler|netskope|fortinet|fortigate|palo alto|blue ?coat|symantec web|cisco umbrella|opendns|sophos|kaspersky|avast|\bavg\b|eset ssl|bitdefender|check ?point|forcepoint|websense|watchguard|barracuda|untangle|squid|mitmproxy|charles proxy|do_not_trust|fiddler|portswigger|burp|mcafee web gateway|skyhigh|trend micro|smoothwall|lightspeed|securly|iboss|menlo security|cato networks/i

/**
 * The certificate we were shown comes from a program that opens TLS on the way: the server behind it cannot ask us for
 * a certificate, nor get one.
 */
export function inspectionEvidence({ serverChain }: Attempt): Evidence[] {
  const link = serverChain.find(({ issuer }) => inspectors.test(issuer))
  if (!link) return []
  const says = `The certificate shown for the host was issued by ${link.issuer}, which opens TLS connections on the way.`
  return [{ code: 'net.proxy', weight: 105, says }]
}
