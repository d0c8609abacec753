import type { Attempt } from './attempt.ts'
import { type Evidence, seen } from './evidence.ts'

type HttpAnswer = NonNullable<Attempt['http']>

/** Where the head of a page, and a form on it, stand. */
const looked = 16_384

const headerOf = ({ headers }: HttpAnswer, name: string): string =>
  headers.find(([found]) => found.toLowerCase() === name)?.[1].trim() ?? ''

/** `Allow: GET, HEAD` and its like: tokens alone, so that nothing else of the server’s gets into a sentence. */
const tokens = (value: string): string => (/^[\w!#$%&'*+.^`|~/ ,-]{1,80}$/.test(value) ? value : '')

const isPage = (http: HttpAnswer): boolean =>
  /^(?:text\/html|application\/xhtml)/i.test(headerOf(http, 'content-type')) ||
  /^\s*<(?:!doctype html|html)[\s>]/i.test(http.body.slice(0, 256))

/** A page that asks a person to sign in, answered with 200 by websites and by what stands in front of APIs. */
export function isLoginPage(http: HttpAnswer): boolean {
  if (http.status < 200 || http.status > 299 || !isPage(http)) return false
  const body = http.body.slice(0, looked)
  return (
    /<input\b[^>]{0,300}\btype\s*=\s*["']?password\b/i.test(body) ||
    /<title>[^<]{0,100}\b(?:log ?in|log ?on|sign ?in|single sign-on)\b/i.test(body)
  )
}

/**
 * What an answer says of the call itself, where nobody refused the caller: nothing at this path, another method, a page
 * for people. None for an answer that serves the call.
 */
export function answerNotes(http: HttpAnswer): Evidence[] {
  const { status } = http
  if (status >= 200 && status < 300) return isPage(http) ? [pageNote(http)] : []
  const said = `Status ${status}`
  const more = ofStatus[status]?.(http) ?? (status >= 300 && status < 500 ? whateverElse : undefined)
  return more ? [seen('http.not-served', `${said}: ${more.says}`, more.next)] : []
}

function pageNote(http: HttpAnswer): Evidence {
  return isLoginPage(http)
    ? seen(
        'http.web-page',
        `The answer of status ${http.status} is a page where people sign in: the address is of a website, or it does not know who calls.`,
        'Use the provider’s address for programs (API), and ask whether your certificate is enabled there.',
      )
    : seen('http.web-page', `The answer of status ${http.status} is a page for people, not data for a program.`)
}

type Words = { says: string; next?: string }

const nothingThere: Words = {
  says: 'there is nothing at this path, or nothing that it shows to this caller.',
  next: 'Compare path and version with the provider’s documentation. If both are right, ask what is enabled for you.',
}
const tooLarge: Words = {
  says: 'the call, its headers or its body, is longer than the server takes.',
  next: 'Send less, and test again.',
}
const wrongMedia: Words = {
  says: 'the server wants or gives another kind of content.',
  next: 'Set Accept and Content-Type to what the provider’s documentation names, such as application/json.',
}
const whateverElse: Words = { says: 'what was asked is not right, whoever asks. The answer may say why.' }

const ofStatus: Readonly<Record<number, (http: HttpAnswer) => Words>> = {
  404: () => nothingThere,
  410: () => nothingThere,
  405: (http) => {
    const allowed = tokens(headerOf(http, 'allow'))
    const says = `this path does not take this method.${allowed ? ` It takes ${allowed}.` : ''}`
    return { says, next: 'Choose the method that the provider’s documentation names, and test again.' }
  },
  406: () => wrongMedia,
  415: () => wrongMedia,
  408: () => ({ says: 'the server waited in vain for the rest of the call.', next: 'Test again.' }),
  411: () => tooLarge,
  413: () => tooLarge,
  414: () => tooLarge,
  431: () => tooLarge,
  421: () => ({
    says: 'this server does not answer for the host that was asked for; the name in TLS (SNI) and the one in Host may differ.',
    next: 'Take the limits on server name and address out of the test, and check the host name.',
  }),
  426: (http) => {
    const wanted = tokens(headerOf(http, 'upgrade'))
    return {
      says: `the server wants another protocol${wanted ? `: ${wanted}` : ', or a newer version of it'}.`,
      next: 'Ask the provider which protocol and which version of TLS the host takes, and whether a proxy on the way speaks an older one.',
    }
  },
  429: (http) => {
    const wait = tokens(headerOf(http, 'retry-after'))
    return {
      says: `too many calls came from you.${wait ? ` It names ${wait} to wait (seconds or a date).` : ''}`,
      next: 'Wait, then test again.',
    }
  },
}
