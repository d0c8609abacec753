import { encodeFirst, type SnippetCall, type SnippetKind, variableOf } from '../snippet.ts'

/** Blanks in the way of Postman and Insomnia: `{{NAME}}`. */
export const inDoubleBraces = (text: string, blanks: readonly string[]): string =>
  blanks.reduce((told, blank) => told.replaceAll(`{${blank}}`, `{{${variableOf(blank)}}}`), text)

const hostOf = ({ url }: SnippetCall) => {
  const { hostname, port } = new URL(url)
  return `${hostname}${port && port !== '443' ? `, port ${port}` : ''}`
}

export const postman: SnippetKind = {
  id: 'postman',
  name: 'Postman',
  language: 'json',
  file: 'call.postman_collection.json',
  needs: 'Postman 10 or newer, or newman 6',
  run: 'import the file, or: newman run call.postman_collection.json --ssl-client-cert … --ssl-client-key …',
  trust: ({ files }) =>
    files.serverCa
      ? `Trusts its own authorities and the file named under Settings, Certificates, CA certificates: ${files.serverCa}`
      : 'Trusts its own authorities.',
  notes: (call) => [
    `Settings, Certificates, Add certificate: host ${hostOf(call)}; either the bundle ${call.files.bundle}, or ${call.files.certificate} with ${call.files.key}. Postman sends it to this host only, and keeps the passphrase itself.`,
    'The desktop app is needed: on the web Postman has no client certificates.',
    ...encodeFirst(call),
  ],
  write({ url, method, headers, body, blanks }) {
    const { hostname } = new URL(url)
    const variables = blanks.map((blank) => ({ key: variableOf(blank), value: '', type: 'string' }))
    const collection = {
      info: {
        name: `Call to ${hostname}`,
        schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      },
      item: [
        {
          name: `${method} ${hostname}`,
          request: {
            method,
            header: headers.map(({ name, value }) => ({ key: name, value: inDoubleBraces(value, blanks) })),
            ...(body === undefined ? {} : { body: { mode: 'raw', raw: inDoubleBraces(body, blanks) } }),
            url: inDoubleBraces(url, blanks),
          },
        },
      ],
      ...(variables.length > 0 ? { variable: variables } : {}),
    }
    return `${JSON.stringify(collection, null, 2)}\n`
  },
}
