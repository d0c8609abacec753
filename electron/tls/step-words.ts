import type { Attempt } from '../../shared/tls/attempt.ts'
import type { Tried } from './dial.ts'
import type { Target } from './probe-options.ts'
import type { Call } from './request-headers.ts'

/** The one line that each step of an attempt says. No header's value, path or body is ever in it. */

const count = (n: number, one: string, many = `${one}s`) => `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`

export function failedStep(
  { code, text }: NonNullable<Attempt['failure']>,
  alert: Attempt['alert'],
  tried: readonly Tried[],
): string {
  const who = alert?.from === 'client' ? 'This side' : 'The server'
  if (alert) return `${who} said ${alert.name} (alert ${alert.number})`
  return tried.length > 1 ? `${text} (${code}); tried ${addresses(tried)}` : `${text} (${code})`
}

const addresses = (tried: readonly Tried[]) =>
  tried.map(({ address, code = 'no answer' }) => `${address} (${code})`).join(', ')

export function resolvedStep({ host, family }: Target, addresses: readonly string[]): string {
  if (addresses[0] === host) return 'The address is given as a number'
  return `${host} is ${addresses.join(', ')}${family ? `, asked for IPv${family} only` : ''}`
}

export function connectedStep(address: string, port: number, tried: readonly Tried[]): string {
  return `${address}, port ${port}${tried.length > 0 ? `; also tried ${addresses(tried)}` : ''}`
}

export function tlsStep({ protocol, cipher, alpn }: Attempt): string {
  return [protocol, cipher, alpn === undefined || alpn === 'http/1.1' ? undefined : alpn].filter(Boolean).join(', ')
}

export function trustedStep({ serverChain: [leaf], trustedAuthorities, trustedOnce }: Attempt): string {
  if (trustedOnce !== undefined) {
    return `${leaf?.subject ?? 'Its certificate'} was accepted for this test only, by its SHA-256 ${trustedOnce}`
  }
  const by = trustedAuthorities ? 'what was given to trust' : 'this computer’s roots'
  return leaf ? `${leaf.subject}, issued by ${leaf.issuer}; trusted by ${by}` : `Trusted by ${by}`
}

export function askedStep(attempt: Attempt, types: readonly string[]): string {
  if (!attempt.certificateAsked) return 'No: this server does not ask for a client certificate'
  const named = count(attempt.acceptableAuthorities.length, 'authority named', 'authorities named')
  const schemes = count(attempt.signatureSchemes.length, 'signature scheme')
  return `${attempt.certificateAskedLater ? 'Only after the handshake' : 'Yes'}: ${named}, ${schemes}${types.length > 0 ? `, ${types.join(', ')}` : ''}`
}

/** `given` is how many issuers came with the certificate. */
export function sentStep(attempt: Attempt, given: number): string {
  const { issuersSent = 0 } = attempt
  const found = issuersSent > given ? '; not all were given, others were found among what is trusted here' : ''
  if (attempt.certificateSent) return `Yes, with ${count(issuersSent, 'certificate')} above it${found}`
  if (!attempt.certificateAsked) return 'No: it was not asked for'
  if (attempt.certificateConfigured) return 'No: the answer was empty although a certificate was given'
  return 'No: the answer was empty'
}

export function requestStep({ method, headers, body }: Call): string {
  const size = body === undefined ? 'no body' : `${Buffer.byteLength(body)} bytes of body`
  return `${method}, ${count(headers.length, 'header')} of yours, ${size}`
}

export function answerStep({ status, statusText, headers, bodyBytes }: NonNullable<Attempt['http']>): string {
  const size = `HTTP ${status}${statusText ? ` ${statusText}` : ''}, ${bodyBytes} bytes`
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  // Its path may hold what only the caller should read.
  const host = location !== undefined && URL.canParse(location) ? new URL(location).host : 'elsewhere on this host'
  return location === undefined || status < 300 || status > 399 ? size : `${size}; sends on to ${host}, not followed`
}
