import { shellPath } from '../shell-quote.ts'
import { encodeFirst, type SnippetKind, trusts } from '../snippet.ts'
import { shellText } from './shell.ts'

export const httpie: SnippetKind = {
  id: 'httpie',
  name: 'HTTPie',
  language: 'sh',
  file: 'call.sh',
  needs: 'HTTPie 3',
  run: 'sh call.sh',
  trust: trusts('the authorities of Python’s certifi, not those of the system'),
  notes: (call) => [
    ...(call.locked ? ['HTTPie asks for the passphrase of the key, so it needs a terminal.'] : []),
    ...encodeFirst(call),
  ],
  write({ url, method, headers, body, files, blanks }) {
    const call = [
      `http --ignore-stdin --cert=${shellPath(files.certificate)}`,
      `--cert-key=${shellPath(files.key)}`,
      ...(files.serverCa ? [`--verify=${shellPath(files.serverCa)}`] : []),
      ...(body === undefined ? [] : [`--raw=${shellText(body, blanks)}`]),
      method,
      shellText(url, blanks),
      ...headers.map(({ name, value }) => shellText(value === '' ? `${name};` : `${name}:${value}`, blanks)),
    ]
    return `${call.join(' \\\n  ')}\n`
  },
}
