import { isSecretHeader } from '../webhooks/secret-headers.ts'

type Call = { url: string; headers: readonly { name: string; value: string }[]; body?: string }

/** A call without the secrets that were typed into it; `blanks` are all names that stand in it now. */
export type Open<C extends Call> = C & { blanks: string[] }

/** In addresses and bodies names are shorter, and written with underscores. */
const secretName =
  /secret|token|passw|credential|api[-_]?key|access[-_]?key|auth[-_]?key|assertion|signature|^(?:key|sig|pin|auth|jwt|code|otp)$/i

const scheme = /^(Basic|Bearer|Digest|Token|ApiKey) +/i

/**
 * Takes secrets out of a call as it was typed, so that its text may be shown, copied and kept: in headers that prove who
 * one is, in the query of the address, in a body of JSON or a web form. Each becomes a `{blank}`, which code reads from the
 * environment: `Authorization: Bearer abc` → `Authorization: Bearer {authorization}`. What is a blank already stays.
 * `known` are the names of the blanks that the call may hold. Doing it again changes nothing.
 */
export function withoutTypedSecrets<C extends Call>(call: C, known: readonly string[]): Open<C> {
  const blanks = [...known]
  const hide = (name: string, value: string): string => {
    if (value === '' || /\{[a-z][A-Za-z0-9]*\}/.test(value)) return value
    const id = freeName(name, blanks)
    blanks.push(id)
    return `{${id}}`
  }
  const headers = call.headers.map(({ name, value }) => {
    const [before = ''] = scheme.exec(value) ?? []
    if (before === '' && !isSecretHeader(name)) return { name, value }
    return { name, value: `${before}${hide(name, value.slice(before.length))}` }
  })
  const url = call.url
    // User and password in an address are refused by the form; text that is only shown may still hold them.
    .replace(/^(https:\/\/)[^/?#@]*@/i, '$1')
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, sign: string, name: string, value: string) =>
      secretName.test(name) ? `${sign}${name}=${hide(name, value)}` : whole,
    )
  const body = call.body === undefined ? undefined : openBody(call.body, hide)
  return { ...call, url, headers, ...(body !== undefined && { body }), blanks }
}

function openBody(body: string, hide: (name: string, value: string) => string): string {
  if (/^\s*[[{]/.test(body)) {
    return body.replace(/"((?:[^"\\]|\\.)*)"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g, (whole, name, colon, value) =>
      secretName.test(name) ? `"${name}"${colon}"${hide(name, value)}"` : whole,
    )
  }
  if (!/^[^\s=&]+=/.test(body)) return body
  return body.replace(/(^|&)([^=&]+)=([^&]*)/g, (whole, sign: string, name: string, value: string) =>
    secretName.test(name) ? `${sign}${name}=${hide(name, value)}` : whole,
  )
}

/** `X-Api-Key` → `xApiKey`; another with the same name gets a number. */
function freeName(name: string, taken: readonly string[]): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean)
  const camel = words.map((word, i) => (i === 0 ? lower(word) : upper(word))).join('')
  const base = (/^[a-z]/.test(camel) ? camel : `value${upper(camel)}`).slice(0, 36)
  let free = base
  for (let i = 2; taken.includes(free); i++) free = `${base}${i}`
  return free
}

const upper = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const lower = (word: string) =>
  word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1)
