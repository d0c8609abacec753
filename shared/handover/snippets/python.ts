import { type Dialect, expressionOf, jsonQuote, passphraseVariable, type SnippetCall } from '../snippet.ts'

export const inPython: Dialect = {
  quote: jsonQuote,
  env: (variable) => `os.environ["${variable}"]`,
  envInUrl: (variable) => `quote(os.environ["${variable}"], safe="")`,
  plus: ' + ',
}

/** The imports that a call needs, and the TLS context that presents the certificate. */
export function contextInPython({ files, locked, url, headers, body, blanks }: SnippetCall): {
  imports: string[]
  context: string[]
} {
  const text = [url, body ?? '', ...headers.map(({ value }) => value)].join('\n')
  const readsEnvironment = locked || blanks.some((blank) => text.includes(`{${blank}}`))
  const inUrl = blanks.some((blank) => url.includes(`{${blank}}`))
  const password = locked ? `, password=os.environ["${passphraseVariable}"]` : ''
  return {
    imports: [
      ...(readsEnvironment ? ['import os'] : []),
      'import ssl',
      ...(inUrl ? ['from urllib.parse import quote'] : []),
    ],
    context: [
      `context = ssl.create_default_context(${files.serverCa ? `cafile=${jsonQuote(files.serverCa)}` : ''})`,
      `context.load_cert_chain(${jsonQuote(files.certificate)}, ${jsonQuote(files.key)}${password})`,
    ],
  }
}

/** The keyword arguments of a call, one a line. */
export function argumentsInPython({ headers, body, blanks }: SnippetCall, bodyName: string): string[] {
  const pairs = headers.map(
    ({ name, value }) => `        ${jsonQuote(name)}: ${expressionOf(value, blanks, inPython)},`,
  )
  return [
    ...(pairs.length > 0 ? ['    headers={', ...pairs, '    },'] : []),
    ...(body === undefined ? [] : [`    ${bodyName}=(${expressionOf(body, blanks, inPython)}).encode(),`]),
  ]
}
