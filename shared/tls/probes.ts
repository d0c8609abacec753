import type { Attempt, ProbeResult, Verdict } from './attempt.ts'

export type ProbeName = ProbeResult['probe']

/** What further connections could be made with. */
export type AtHand = {
  /** Certificates that were sent above our own. */
  sentAbove: number
  /** Issuers of our certificate are known here that were not sent: the chain can be made longer. */
  spareIssuers: boolean
  /** Other identities made for this host, whose keys can be used now. */
  others: number
}

export const mostProbes = 6
const mostOthers = 2

/** Mistakes that are seen in the certificate itself: where one of them explains the refusal, nothing is left to ask. */
const evident = /^client\.(?:expired|not-yet-valid|wrong-purpose|key-usage|too-weak|key-mismatch)$/

/** Said whenever nothing better is known, so they leave nothing open beside an evident mistake. */
const leftovers = /^(?:client\.revoked|net\.reset)$/

/** Alerts that many servers send for anything. Others name their reason (RFC 8446 section 6.2). */
const vague = new Set([40, 42, 46, 47, 49, 80])

/** A refusal, or an answer that proves nothing: further connections may tell what was meant. */
export const leavesOpen = ({ outcome }: Verdict): boolean => outcome === 'refused' || outcome === 'unproven'

/**
 * Which further connections can tell apart what an attempt left open, in the order of their worth, at most six. None
 * after an answer that shows that the certificate was taken, for a host that was not reached or is not trusted, and where
 * the causes are settled: a probe that could only confirm costs the server a connection for nothing.
 */
export function probesWorthMaking(attempt: Attempt, verdict: Verdict, have: AtHand): ProbeName[] {
  if (!leavesOpen(verdict) || !stoodBefore(attempt)) return []
  const codes = verdict.causes.map(({ code }) => code)
  const worth = [
    ...(attempt.certificateSent ? afterOurs(attempt, codes, have) : []),
    ...afterNothing(attempt, codes, have),
    ...aboutTheHandshake(attempt, codes),
  ]
  const others = worth.filter((name) => name === 'other-identity').slice(0, Math.min(have.others, mostOthers))
  const rest = [...new Set(worth)].filter((name) => name !== 'other-identity')
  return [...rest.slice(0, mostProbes - others.length), ...others]
}

/** A server answered in TLS, and nothing of our own stood in the way: a file that does not load, no trust. */
function stoodBefore({ address, proxy, failure, serverTrusted }: Attempt): boolean {
  if (address === undefined && proxy === undefined) return false
  return serverTrusted !== false && failure?.during !== 'resolve' && failure?.during !== 'connect'
}

/** Ours was sent, and somebody said no. */
function afterOurs(attempt: Attempt, codes: readonly string[], have: AtHand): ProbeName[] {
  if (!codes.some((code) => code.startsWith('client.'))) {
    // The application refused: whether TLS would have let nobody in as well says how much our certificate was worth.
    // Whether an answer that anybody may get depends on the certificate, a call without it tells.
    return codes.some((code) => /^http\.(?:refused|redirected|web-page)$/.test(code)) ? ['without-certificate'] : []
  }
  const settled =
    evident.test(codes[0] ?? '') && codes.slice(1).every((code) => evident.test(code) || leftovers.test(code))
  if (settled) return []
  const alone = have.sentAbove === 0
  return [
    'without-certificate',
    ...(have.spareIssuers ? (['with-intermediates'] as const) : []),
    ...(attempt.protocol === 'TLSv1.3' && !namesItsReason(attempt) ? (['tls-1.2'] as const) : []),
    ...(!alone && !namesItsReason(attempt) ? (['without-intermediates'] as const) : []),
    'other-identity',
    'other-identity',
  ]
}

const namesItsReason = ({ alert }: Attempt) => alert?.from === 'server' && !vague.has(alert.number)

/** One was configured and stayed here: kept back by our TLS library, or never asked for. */
function afterNothing(attempt: Attempt, codes: readonly string[], have: AtHand): ProbeName[] {
  if (!attempt.certificateConfigured || attempt.certificateSent) return []
  const worth: ProbeName[] = []
  if (codes.some((code) => code === 'client.no-common-signature' || code === 'client.withheld')) {
    // BoringSSL breaks off before its key log can show what was asked for; without a certificate it goes on.
    if (attempt.certificateAsked === undefined) worth.push('without-certificate')
    if (attempt.protocol !== 'TLSv1.2') worth.push('tls-1.2')
    if (have.others > 0) worth.push('other-identity', 'other-identity')
  }
  if (codes.includes('server.never-asked')) {
    if (attempt.protocol === 'TLSv1.3') worth.push('tls-1.2')
    if (sentServerName(attempt)) worth.push('without-sni')
  }
  return worth
}

/** Refused for the handshake itself: versions, ciphers, the name we asked for. */
function aboutTheHandshake(attempt: Attempt, codes: readonly string[]): ProbeName[] {
  const { minVersion, maxVersion } = attempt.options ?? {}
  const worth: ProbeName[] = []
  if (codes.includes('server.asks-later') && attempt.protocol === 'TLSv1.3') worth.push('tls-1.2')
  if (codes.includes('tls.version')) {
    if (maxVersion === 'TLSv1.2') worth.push('tls-1.3')
    if (minVersion === 'TLSv1.3') worth.push('tls-1.2')
  }
  if (!attempt.http && codes.some((code) => /^(?:tls\.no-common-cipher|tls\.failed|server\.fault)$/.test(code))) {
    if (maxVersion !== 'TLSv1.2' && attempt.protocol !== 'TLSv1.2') worth.push('tls-1.2')
    if (sentServerName(attempt)) worth.push('without-sni')
  }
  // The server knows no such name (alert unrecognized_name).
  if (attempt.alert?.number === 112 && sentServerName(attempt)) worth.push('without-sni')
  return worth
}

/** SNI carries names only (RFC 6066 section 3): a host given by number sends none. */
function sentServerName({ url, options }: Attempt): boolean {
  if (options?.serverName === null || !URL.canParse(url)) return false
  const name = options?.serverName ?? new URL(url).hostname
  return !/^[\d.]+$|:/.test(name)
}
