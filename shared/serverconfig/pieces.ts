import type { ServerWish } from './server-wish.ts'

/** Lines as a comment, each after the mark. */
export const comment = (lines: readonly string[], mark = '#', indent = ''): string =>
  lines.map((line) => `${indent}${mark} ${line}`.trimEnd()).join('\n')

/** What may not be seen is left out, with the line that would hold it. */
export const text = (lines: readonly (string | false | undefined)[]): string =>
  `${lines.filter((line): line is string => typeof line === 'string').join('\n')}\n`

/** The first lines of each file: for whom it is, and whose authority the clients' certificates come from. */
export function purposeOf({ caller, host, clientCa, pin }: ServerWish): string[] {
  const who = caller ? oneLine(caller.name) : 'callers'
  const first = `Mutual TLS for calls of ${who} to ${host}.`
  if (!caller) return [first, `${clientCa} holds the authority that issues the certificates of those who may call.`]
  if (caller.presents === 'provider') {
    return [
      first,
      `${who} presents a certificate of its own, so ${clientCa} holds the authority that issued that one,`,
      'as the provider names it: not yours, and not the roots of the system, from which anybody can have one.',
      ...(pin ? [] : ['It may issue for others too, its customers among them: pin the name as soon as you know it.']),
    ]
  }
  return [
    first,
    `You issue the certificate that ${who} presents, so ${clientCa} holds your own authority:`,
    'whatever it has issued for clients gets in, unless one of them is pinned below.',
  ]
}

/** Names of providers come from files that users may write themselves. */
const oneLine = (name: string): string => name.replace(/[^\p{L}\p{N} .,&()-]/gu, ' ').slice(0, 80)

/** `0.0.0.0:443` in the two notations: with an address only where one was named. */
export const listenOn = ({ address, port }: ServerWish): string =>
  address === undefined ? `${port}` : `${address.includes(':') ? `[${address}]` : address}:${port}`

/** Applications that know environment variables only take `-` and `_` for the same, so both go. */
export const withUnderscores = (header: string): string => header.replaceAll('-', '_')

export const headerNames = ({ headers }: ServerWish): string[] => [
  headers.subject,
  headers.fingerprint,
  headers.certificate,
]

export const onlyFromProxy =
  'The application must be reachable through this server only: whoever reaches it directly can send these headers.'
