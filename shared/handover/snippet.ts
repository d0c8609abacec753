import type { SnippetId } from './snippet-ids.ts'

/** Files that were handed over, as the receiver names them: paths, never contents. */
export type HandoverFiles = {
  /** PEM: the certificate, then its issuers. */
  certificate: string
  /** PEM (PKCS#8). */
  key: string
  /** PKCS#12 with the same three. */
  bundle: string
  /** PEM of the authorities that vouch for the server; the program's own roots when absent. */
  serverCa?: string
}

/** The call that a snippet makes. `{blanks}` in address, headers and body are read from the environment. */
export type SnippetCall = {
  url: string
  method: string
  headers: readonly { name: string; value: string }[]
  body?: string
  /** Names of the blanks. What else stands in braces is meant as it is. */
  blanks: readonly string[]
  files: HandoverFiles
  /** Key file and bundle are protected by a passphrase, which is in `passphraseVariable`. */
  locked: boolean
}

export const passphraseVariable = 'MTLS_PASSPHRASE'

/** `accessKey` → `ACCESS_KEY`: the environment variable that holds a blank's value. */
export const variableOf = (blank: string): string => blank.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()

/** The variables that a call reads, in the order in which they are needed. */
export function variablesOf({ url, headers, body, blanks, locked }: SnippetCall): string[] {
  const texts = [url, ...headers.map(({ value }) => value), body ?? '']
  const used = texts.flatMap((text) => partsOf(text, blanks).flatMap((part) => ('blank' in part ? part.blank : [])))
  return [...(locked ? [passphraseVariable] : []), ...new Set(used.map(variableOf))]
}

export type Part = { text: string } | { blank: string }

/** Takes a text with `{blanks}` apart. */
export function partsOf(text: string, blanks: readonly string[]): Part[] {
  const parts = text.split(/(\{[A-Za-z0-9]+\})/).map((piece): Part => {
    const name = piece.slice(1, -1)
    return piece.startsWith('{') && blanks.includes(name) ? { blank: name } : { text: piece }
  })
  return parts.filter((part) => 'blank' in part || part.text !== '')
}

/** How a language writes a text that is partly read from the environment. */
export type Dialect = {
  quote(text: string): string
  /** The value of a variable, as an expression. */
  env(variable: string): string
  /** The same, percent-encoded for an address. */
  envInUrl(variable: string): string
  /** Between the parts: ` + `. */
  plus: string
}

/** A text as an expression of the language. */
export function expressionOf(
  text: string,
  blanks: readonly string[],
  dialect: Dialect,
  place: 'text' | 'url' = 'text',
) {
  const parts = partsOf(text, blanks)
  if (parts.length === 0) return dialect.quote('')
  const env = place === 'url' ? dialect.envInUrl : dialect.env
  return parts
    .map((part) => ('blank' in part ? env(variableOf(part.blank)) : dialect.quote(part.text)))
    .join(dialect.plus)
}

/** JSON text is a literal of JavaScript, Python, Go, Java, C#, Rust and PowerShell's here-strings less their own escapes. */
export const jsonQuote = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** One program or library that can make the call. */
export type SnippetKind = {
  /** Stable: scripts name it. */
  id: SnippetId
  name: string
  /** What the code is written in, for highlighting. */
  language:
    | 'sh'
    | 'js'
    | 'python'
    | 'go'
    | 'java'
    | 'csharp'
    | 'php'
    | 'ruby'
    | 'rust'
    | 'powershell'
    | 'json'
    | 'yaml'
    | 'text'
  /** What the file is called when it is saved. */
  file: string
  /** Versions it needs. */
  needs: string
  /** How to run it once it is saved. */
  run: string
  /** How the server's certificate is checked, in a sentence. */
  trust(call: SnippetCall): string
  /** What is worth knowing before it is used; most have nothing. */
  notes?(call: SnippetCall): string[]
  write(call: SnippetCall): string
  /** More files that belong to it. */
  beside?(call: SnippetCall): { file: string; text: string }[]
}

/** For programs that have no way to percent-encode: what stands in the address is expected to be. */
export function encodeFirst({ url, blanks }: SnippetCall): string[] {
  const inUrl = blanks.filter((blank) => url.includes(`{${blank}}`)).map(variableOf)
  return inUrl.length > 0 ? [`${inUrl.join(' and ')} must be percent-encoded, as the address it stands in.`] : []
}

/** Lines joined, without those that do not apply. */
export const lines = (...parts: (string | false | undefined | readonly string[])[]): string =>
  `${parts.flatMap((part) => (part === false || part === undefined ? [] : part)).join('\n')}\n`

/** The usual sentence about trust, with where the program's own roots come from. */
export const trusts =
  (roots: string) =>
  ({ files }: SnippetCall): string =>
    files.serverCa ? `Only the authorities in ${files.serverCa} are trusted.` : `Trusts ${roots}.`
