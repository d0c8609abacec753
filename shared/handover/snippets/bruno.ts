import { encodeFirst, lines, passphraseVariable, type SnippetCall, type SnippetKind, variableOf } from '../snippet.ts'

/** Bruno's way to read the environment of its process. */
const text = (value: string, blanks: readonly string[]) =>
  blanks.reduce((told, blank) => told.replaceAll(`{${blank}}`, `{{process.env.${variableOf(blank)}}}`), value)

const clientCertificates = ({ url, files, locked }: SnippetCall) => ({
  enabled: true,
  certs: [
    {
      domain: new URL(url).host,
      type: 'cert',
      certFilePath: files.certificate,
      keyFilePath: files.key,
      passphrase: locked ? `{{process.env.${passphraseVariable}}}` : '',
    },
  ],
})

export const bruno: SnippetKind = {
  id: 'bruno',
  name: 'Bruno',
  language: 'text',
  file: 'call.bru',
  needs: 'Bruno 2 or newer, or @usebruno/cli 2',
  run: 'bru run call.bru',
  trust: ({ files }) =>
    files.serverCa
      ? `Trusts its own authorities, and with “bru run call.bru --cacert ${files.serverCa}” those of that file; in the app under Preferences, Use custom CA certificate.`
      : 'Trusts its own authorities.',
  notes: (call) => [
    'Open the folder as a collection; bruno.json beside the request names the certificate.',
    ...encodeFirst(call),
  ],
  write({ url, method, headers, body, blanks }) {
    const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
    const mode = /json/i.test(type) ? 'json' : 'text'
    return lines(
      'meta {',
      '  name: call',
      '  type: http',
      '  seq: 1',
      '}',
      '',
      `${method.toLowerCase()} {`,
      `  url: ${text(url, blanks)}`,
      `  body: ${body === undefined ? 'none' : mode}`,
      '  auth: none',
      '}',
      headers.length > 0 && [
        '',
        'headers {',
        ...headers.map(({ name, value }) => `  ${name}: ${text(value, blanks)}`),
        '}',
      ],
      body !== undefined && [
        '',
        `body:${mode} {`,
        ...text(body, blanks)
          .split('\n')
          .map((line) => `  ${line}`),
        '}',
      ],
    )
  },
  beside: (call) => [
    {
      file: 'bruno.json',
      text: `${JSON.stringify(
        {
          version: '1',
          name: `Call to ${new URL(call.url).hostname}`,
          type: 'collection',
          clientCertificates: clientCertificates(call),
        },
        null,
        2,
      )}\n`,
    },
  ],
}
