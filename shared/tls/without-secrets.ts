import type { Attempt } from './attempt.ts'

/** What an answer’s headers may keep: they tell which machine answered and how, never who was asking. */
const harmless = new Set([
  'alt-svc',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'retry-after',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  'vary',
  'via',
  'www-authenticate',
  'x-powered-by',
])

/** Numbers that a provider’s support finds a call by in its own logs. */
const traceable = /^(?:x-)?(?:amzn-)?(?:request|trace|correlation|amzn-trace)-?id$|^cf-ray$|^traceparent$/

/** An address without what may be secret in it: user, password, query and fragment. Not an address: only its length. */
export function plainAddress(text: string): string {
  if (!URL.canParse(text)) return `(an address of ${text.length} characters)`
  const url = new URL(text)
  // Blanks such as {account} stand in the path, and are to be filled again.
  const path = url.pathname.replaceAll('%7B', '{').replaceAll('%7D', '}')
  return `${url.protocol}//${url.host}${path}`
}

/**
 * An attempt as it is kept and handed on: the handshake and what it led to, without the answer’s body, without headers
 * that may carry a session or a token, and without the query of the address. What was sent is not in an attempt at all.
 */
export function withoutSecrets(attempt: Attempt): Attempt {
  const url = plainAddress(attempt.url)
  const query = URL.canParse(attempt.url) ? new URL(attempt.url).search : ''
  const clean = (text: string) => (query.length > 1 ? text.replaceAll(query, '') : text)
  const { http, failure } = attempt
  return {
    ...attempt,
    url,
    steps: attempt.steps.map((step) => ({ ...step, says: clean(step.says) })),
    ...(failure && { failure: { ...failure, text: clean(failure.text) } }),
    http: http && { ...http, body: '', headers: http.headers.map(([name, value]) => [name, keptValue(name, value)]) },
  }
}

function keptValue(name: string, value: string): string {
  const lower = name.toLowerCase()
  if (harmless.has(lower) || traceable.test(lower)) return value.slice(0, 500)
  if (lower === 'location') return plainAddress(value)
  return '(not kept)'
}
