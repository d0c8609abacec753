import type { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import type { CallForm } from './call-form.ts'

/** The next step that the app can do itself. */
export type Action =
  | {
      does:
        | 'choose-identity'
        | 'change-address'
        | 'paste-ca'
        | 'send-again'
        | 'show-answer'
        | 'change-proxy'
        | 'proxy-login'
      label: string
    }
  | { does: 'open-identity' | 'renew'; label: string; identity: string }
  | { does: 'trust'; label: string; trust: 'provider' | 'practice' }

type Situation = {
  verdict: Pick<Verdict, 'cause'>
  attempt: Pick<Attempt, 'http' | 'failure'>
  form: Pick<CallForm, 'identity' | 'trust'>
  /** A CA of the provider is kept with the identity. */
  hasProviderCa: boolean
  /** The call went to the practice provider, which is running. */
  atPractice: boolean
}

const aboutIdentity = /^client\.(?!none-sent|expired|withheld)/
const aboutTrust = /^server\.(untrusted|self-signed|incomplete-chain)$/
const aboutAddress =
  /^(net\.(unresolved|refused|unreachable|not-tls)|server\.(wrong-name|never-asked)|test\.url-invalid|client\.wrong-environment)$/
const worthAnotherTry = /^(net\.(timeout|reset|cancelled)|server\.fault|tls\.failed)$/

/** What to offer under a verdict, or nothing where the next step lies with somebody else. */
export function actionFor({ verdict: { cause }, attempt, form, hasProviderCa, atPractice }: Situation): Action | null {
  const { identity } = form
  if (cause === 'ok') {
    return identity === null ? null : { does: 'open-identity', label: 'Export for your service', identity }
  }
  if (cause === 'client.none-sent' && identity === null) return { does: 'choose-identity', label: 'Choose an identity' }
  if (cause === 'client.expired' && identity !== null) return { does: 'renew', label: 'Renew', identity }
  if (aboutTrust.test(cause)) {
    if (atPractice && form.trust !== 'practice') {
      return { does: 'trust', label: 'Trust the practice provider’s CA and send again', trust: 'practice' }
    }
    if (!atPractice && hasProviderCa && form.trust !== 'provider') {
      return { does: 'trust', label: 'Trust the provider’s own CA and send again', trust: 'provider' }
    }
    return { does: 'paste-ca', label: 'Paste the CA to trust' }
  }
  if (aboutAddress.test(cause)) return { does: 'change-address', label: 'Change the address' }
  if (aboutIdentity.test(cause) && identity !== null) {
    return { does: 'open-identity', label: 'Open the identity', identity }
  }
  if (cause === 'net.proxy') return aboutProxy(attempt.failure?.code)
  if (worthAnotherTry.test(cause)) return { does: 'send-again', label: 'Send again' }
  return cause.startsWith('http.') && attempt.http ? { does: 'show-answer', label: 'Show the answer' } : null
}

/** A program that opens TLS on the way is no proxy that this form could change. */
function aboutProxy(code: string | undefined): Action | null {
  if (code === 'ERR_PROXY_AUTH') return { does: 'proxy-login', label: 'Enter user and password of the proxy' }
  return code?.startsWith('ERR_PROXY_') ? { does: 'change-proxy', label: 'Change the proxy' } : null
}
