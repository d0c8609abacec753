import type { Attempt } from './attempt.ts'

export type Redirect = {
  /** The whole address; `null` when the header holds none that can be read. */
  to: string | null
  /** Scheme, host and port are those of the call. */
  samePlace: boolean
}

/** RFC 9110 section 15.4: 300 offers a choice and 304 speaks of a cache, so neither sends anybody on. */
const sendsOn = new Set([301, 302, 303, 307, 308])

/** Where an answer points instead of answering, or `null` when it does not. A relative address is made whole. */
export function redirectOf(
  url: string,
  http: Pick<NonNullable<Attempt['http']>, 'status' | 'headers'>,
): Redirect | null {
  if (!sendsOn.has(http.status)) return null
  const location = http.headers.find(([name]) => name.toLowerCase() === 'location')?.[1].trim()
  if (!location || !URL.canParse(location, url)) return { to: null, samePlace: false }
  const to = new URL(location, url)
  return { to: to.href, samePlace: URL.canParse(url) && to.origin === new URL(url).origin }
}
