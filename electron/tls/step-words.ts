import type { Attempt } from '../../shared/tls/attempt.ts'
import type { Call } from './exchange.ts'

/** The one line that each step of an attempt says. No header's value, path or body is ever in it. */

const count = (n: number, one: string, many = `${one}s`) => `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`

export const failedStep = ({ code, text }: NonNullable<Attempt['failure']>, alert: Attempt['alert']): string =>
  alert ? `The server said ${alert.name} (alert ${alert.number})` : `${text} (${code})`

export function trustedStep({ serverChain: [leaf], trustedAuthorities }: Attempt): string {
  const by = trustedAuthorities ? 'what was given to trust' : 'this computer’s roots'
  return leaf ? `${leaf.subject}, issued by ${leaf.issuer}; trusted by ${by}` : `Trusted by ${by}`
}

export function askedStep(attempt: Attempt, types: readonly string[]): string {
  if (!attempt.certificateAsked) return 'No: this server does not ask for a client certificate'
  const named = count(attempt.acceptableAuthorities.length, 'authority named', 'authorities named')
  const schemes = count(attempt.signatureSchemes.length, 'signature scheme')
  return `Yes: ${named}, ${schemes}${types.length > 0 ? `, ${types.join(', ')}` : ''}`
}

export function sentStep(attempt: Attempt, above: number): string {
  if (attempt.certificateSent) return `Yes, with ${count(above, 'certificate')} above it`
  if (!attempt.certificateAsked) return 'No: it was not asked for'
  if (attempt.certificateConfigured) return 'No: the answer was empty although a certificate was given'
  return 'No: the answer was empty'
}

export function requestStep({ method, headers, body }: Call): string {
  const size = body === undefined ? 'no body' : `${Buffer.byteLength(body)} bytes of body`
  return `${method}, ${count(headers.length, 'header')} of yours, ${size}`
}

export const answerStep = ({ status, statusText, bodyBytes }: NonNullable<Attempt['http']>): string =>
  `HTTP ${status}${statusText ? ` ${statusText}` : ''}, ${bodyBytes} bytes`
