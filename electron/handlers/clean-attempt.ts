import { withoutValues } from '../../shared/providers/filled-call.ts'
import type { Attempt } from '../../shared/tls/attempt.ts'

const privateKeys = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g

/**
 * An attempt as the page may see it. Values that were remembered, so that the page never saw them, are taken out again
 * wherever they came back: the address, an answer that echoes the call. So is a private key, whosever it is: some
 * servers return one, and no reply may hold one.
 */
export function cleanAttempt(attempt: Attempt, askedUrl: string, remembered: Record<string, string>): Attempt {
  const clean = (text: string) => withoutValues(text, remembered).replace(privateKeys, '[private key not shown]')
  const { http } = attempt
  return {
    ...attempt,
    url: askedUrl,
    steps: attempt.steps.map((step) => ({ ...step, says: clean(step.says) })),
    failure: attempt.failure && { ...attempt.failure, text: clean(attempt.failure.text) },
    http: http && {
      ...http,
      body: clean(http.body),
      headers: http.headers.map(([name, value]) => [name, clean(value)]),
    },
  }
}
