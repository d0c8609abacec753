import type { Attempt } from './attempt.ts'
import type { Evidence } from './evidence.ts'
import { redirectOf } from './redirect.ts'
import { plainAddress } from './without-secrets.ts'

/** Longer addresses are for the screen that shows the header itself. */
const longestAddress = 200

/** Paths of pages where people, not programs, sign in. */
const signIn = /(?:^|[/._-])(?:log-?in|sign-?in|sso|saml2?|oauth2?|authori[sz]e|auth)(?:$|[/._-])/i
/** Hosts that do nothing else. */
const signInHost = /^(?:login|signin|sso|auth|accounts?|idp|id)\./i

type Reading = { says: string; next: string }

/**
 * What an answer means that only points elsewhere (RFC 9110 section 15.4): where to, the likely reason, the next step. It
 * was not followed, because the certificate would be shown to another server. The address is told without query and
 * password, since a verdict is kept.
 */
export function redirectEvidence(attempt: Attempt, http: NonNullable<Attempt['http']>): Evidence {
  const answered = `The server answered ${http.status}${http.statusText ? ` ${http.statusText}` : ''}`
  const to = redirectOf(attempt.url, http)?.to ?? null
  if (to === null) {
    const says = `${answered} and names no address that can be read.`
    return { code: 'http.redirected', weight: 100, says, proves: true }
  }
  const { says, next } = readingOf(attempt.url, to)
  const shown = plainAddress(to).slice(0, longestAddress)
  const whole = `${answered} and points to ${shown}, which was not called. ${says}`
  return { code: 'http.redirected', weight: 100, says: whole, next, proves: true }
}

function readingOf(url: string, to: string): Reading {
  const [from, target] = [new URL(url), new URL(to)]
  from.hash = ''
  target.hash = ''
  if (target.href === from.href) {
    return {
      says: 'That is the very address that was called: the program behind a gateway believes that it was called without TLS, or a website wants a cookie first.',
      next: 'Give the provider this test: its gateway has to tell the program behind it that calls come by https.',
    }
  }
  if (target.protocol !== 'https:') {
    return {
      says: 'No TLS is spoken there, so no certificate can be shown.',
      next: 'Look up the https address in the provider’s documentation; the one called here is not meant for programs.',
    }
  }
  if (signIn.test(target.pathname) || signInHost.test(target.hostname)) {
    return {
      says: 'That looks like a login page: the address called is of a website, or it does not know who calls.',
      next: 'Use the provider’s address for programs (API), and ask whether your certificate is enabled there.',
    }
  }
  if (target.origin !== from.origin) {
    return {
      says: 'That is another server: the address called is an old one, or that of a website.',
      next: 'Compare the base address with the provider’s documentation. If it names the other server, test that one.',
    }
  }
  if (target.pathname === `${from.pathname}/` || `${target.pathname}/` === from.pathname) {
    return {
      says: 'Only the slash at the end differs.',
      next: 'Write the address exactly as it is pointed to, and test again.',
    }
  }
  return {
    says: 'The host is the same, the path is another: a part of it is missing, or it is an old one.',
    next: 'Write the whole path of a call from the provider’s documentation, and test again.',
  }
}
