import { withoutValues } from '../../shared/providers/filled-call.ts'
import type { Attempt, Step } from '../../shared/tls/attempt.ts'

const privateKeys = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g

/**
 * Texts as the page may see them. Values that were remembered, so that the page never saw them, are taken out again
 * wherever they came back: the address, an answer that echoes the call. So is a private key, whosever it is: some
 * servers return one, and no reply may hold one.
 */
const cleaned = (text: string, remembered: Record<string, string>) =>
  withoutPrivateKeys(withoutValues(text, remembered))

/** A private key has no business in any reply, whoever sent it. */
export const withoutPrivateKeys = (text: string): string => text.replace(privateKeys, '[private key not shown]')

export const cleanStep = (step: Step, remembered: Record<string, string>): Step => ({
  ...step,
  says: cleaned(step.says, remembered),
})

export function cleanAttempt(attempt: Attempt, askedUrl: string, remembered: Record<string, string>): Attempt {
  const clean = (text: string) => cleaned(text, remembered)
  const { http, messages } = attempt
  return {
    ...attempt,
    url: askedUrl,
    steps: attempt.steps.map((step) => cleanStep(step, remembered)),
    failure: attempt.failure && { ...attempt.failure, text: clean(attempt.failure.text) },
    ...(messages && {
      messages: messages.map((message) => ({
        ...message,
        // A server’s name stands in the hello, and it may have been filled in.
        fields: message.fields.map(({ name, value }) => ({ name, value: value.map(clean) })),
        says: clean(message.says),
      })),
    }),
    http: http && {
      ...http,
      body: clean(http.body),
      statusText: clean(http.statusText),
      headers: http.headers.map(([name, value]) => [name, clean(value)]),
    },
  }
}
