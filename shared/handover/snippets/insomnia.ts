import { encodeFirst, type SnippetKind, variableOf } from '../snippet.ts'
import { inDoubleBraces } from './postman.ts'

export const insomnia: SnippetKind = {
  id: 'insomnia',
  name: 'Insomnia',
  language: 'json',
  file: 'call.insomnia.json',
  needs: 'Insomnia 2023.5 or newer',
  run: 'import the file',
  trust: ({ files }) =>
    files.serverCa
      ? `Trusts its own authorities, and ${files.serverCa} once it is chosen under the collection’s certificates as CA certificate.`
      : 'Trusts its own authorities.',
  notes: (call) => [
    `In the collection, Manage certificates, Add client certificate: host ${new URL(call.url).host}; ${call.files.certificate} and ${call.files.key}, or the bundle ${call.files.bundle}. Insomnia sends it to this host only.`,
    ...encodeFirst(call),
  ],
  write({ url, method, headers, body, blanks }) {
    const { hostname } = new URL(url)
    const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value
    const text = (value: string) => inDoubleBraces(value, blanks).replaceAll('{{', '{{ _.').replaceAll('}}', ' }}')
    const collection = {
      _type: 'export',
      __export_format: 4,
      __export_source: 'countersign',
      resources: [
        { _id: 'wrk_call', _type: 'workspace', parentId: null, name: `Call to ${hostname}`, scope: 'collection' },
        {
          _id: 'env_call',
          _type: 'environment',
          parentId: 'wrk_call',
          name: 'Base environment',
          data: Object.fromEntries(blanks.map((blank) => [variableOf(blank), ''])),
        },
        {
          _id: 'req_call',
          _type: 'request',
          parentId: 'wrk_call',
          name: `${method} ${hostname}`,
          url: text(url),
          method,
          headers: headers.map(({ name, value }) => ({ name, value: text(value) })),
          body: body === undefined ? {} : { mimeType: type ?? 'text/plain', text: text(body) },
        },
      ],
    }
    return `${JSON.stringify(collection, null, 2)}\n`
  },
}
