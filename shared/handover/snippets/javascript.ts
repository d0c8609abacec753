import { type Dialect, expressionOf, lines, type SnippetCall } from '../snippet.ts'

export const inJs: Dialect = {
  quote: (text) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
  env: (variable) => `process.env.${variable}`,
  envInUrl: (variable) => `encodeURIComponent(process.env.${variable})`,
  plus: ' + ',
}

/** An object literal of headers, indented by two. */
export function headersInJs({ headers, blanks }: SnippetCall, dialect: Dialect = inJs): string[] {
  if (headers.length === 0) return []
  const pairs = headers.map(({ name, value }) => `    ${dialect.quote(name)}: ${expressionOf(value, blanks, dialect)},`)
  return ['  headers: {', ...pairs, '  },']
}

/** Certificate, key and authorities as Node's TLS takes them, as lines of an object. */
export function credentialsInJs({ files, locked }: SnippetCall, indent: string): string[] {
  const read = (path: string) => `readFileSync(${inJs.quote(path)})`
  return [
    `cert: ${read(files.certificate)},`,
    `key: ${read(files.key)},`,
    ...(locked ? ['passphrase: process.env.MTLS_PASSPHRASE,'] : []),
    ...(files.serverCa ? [`ca: ${read(files.serverCa)},`] : []),
  ].map((line) => indent + line)
}

export const urlInJs = ({ url, blanks }: SnippetCall) => expressionOf(url, blanks, inJs, 'url')

export const imports = (...more: string[]) => lines("import { readFileSync } from 'node:fs'", more)
