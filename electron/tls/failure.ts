import type { Attempt, StepName } from '../../shared/tls/attempt.ts'
import { alertName } from '../../shared/tls/registry.ts'

type Failure = NonNullable<Attempt['failure']>

/** An error of our own in the shape of Node's, so that all failures are told one way. */
export const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code })

/** Words for errors whose own text is of no use to a person, or names what must not be repeated. */
const plainWords: Record<string, string> = {
  ERR_INVALID_CHAR: 'a header or the path holds a character that HTTP does not allow',
  ERR_INVALID_HTTP_TOKEN: 'a header name or the method holds a character that HTTP does not allow',
  ERR_UNESCAPED_CHARACTERS: 'the path holds a character that has to be escaped',
  HPE_INVALID_CONSTANT: 'the answer is not HTTP/1.1',
  HPE_HEADER_OVERFLOW: 'the answer’s headers are larger than 16 KiB',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  ECONNRESET: 'the connection was closed without an answer',
  EPIPE: 'the connection was closed while we were sending',
}

/** Pointers, source files and line numbers of the TLS library mean nothing outside it. */
export function withoutPointers(message: string): string {
  return message
    .replace(/^write EPROTO /, '')
    .replace(/^[0-9A-Fa-f]+:error:/, 'error:')
    .replace(/:(?:\.\.\/)+\S*?\.(?:c|cc|h):\d+:/, ':')
    .replace(/(?:[A-Za-z]:)?(?:[\\/][\w.@~-]+){2,}/g, '…')
    .replace(/[\n:]+$/g, '')
    .trim()
    .slice(0, 300)
}

/**
 * An error of Node, OpenSSL or BoringSSL as facts. `secrets` are the values that may not come back in a text, whatever
 * a library puts there.
 */
export function failureOf(error: unknown, during: StepName, secrets: readonly string[]): Failure {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const known = typeof code === 'string' ? code : 'ERR_UNKNOWN'
  let text = plainWords[known] ?? (withoutPointers(String(message ?? '')) || known)
  for (const secret of secrets) if (secret.length > 3) text = text.replaceAll(secret, '…')
  return { during, code: known, text }
}

/** The alert the peer sent, as both TLS libraries put it into their message; the codes differ, the number does not. */
export function alertIn(error: unknown): Attempt['alert'] {
  const found = /SSL alert number (\d+)/.exec(String((error as { message?: unknown })?.message ?? ''))
  const number = Number(found?.[1])
  return found ? { from: 'server', number, name: alertName(number) } : undefined
}
