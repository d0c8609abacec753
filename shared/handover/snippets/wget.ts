import { shellPath } from '../shell-quote.ts'
import { encodeFirst, lines, passphraseVariable, type SnippetKind, trusts } from '../snippet.ts'
import { shellText } from './shell.ts'

export const wget: SnippetKind = {
  id: 'wget',
  name: 'wget',
  language: 'sh',
  file: 'call.sh',
  needs: 'wget 1.16 or newer; OpenSSL where the key has a passphrase',
  run: 'sh call.sh',
  trust: trusts('the system’s authorities'),
  notes: (call) => [
    ...(call.locked
      ? [
          'wget cannot take a passphrase: the key is opened into a file that only you can read, and that is gone when wget has ended.',
        ]
      : []),
    ...encodeFirst(call),
  ],
  write({ url, method, headers, body, files, blanks, locked }) {
    const call = [
      // With --quiet or --no-verbose it does not say why it failed.
      'wget --tries=1 --output-document=-',
      `--certificate=${shellPath(files.certificate)}`,
      `--private-key=${locked ? '"$opened"' : shellPath(files.key)}`,
      ...(files.serverCa ? [`--ca-certificate=${shellPath(files.serverCa)}`] : []),
      ...(method === 'GET' && body === undefined ? [] : [`--method=${method}`]),
      ...headers.map(({ name, value }) => `--header=${shellText(`${name}: ${value}`, blanks)}`),
      ...(body === undefined ? [] : [`--body-data=${shellText(body, blanks)}`]),
      shellText(url, blanks),
    ]
    return lines(
      '# wget says nothing of a file that it cannot read.',
      `cat ${shellPath(files.certificate)} ${shellPath(files.key)} > /dev/null || exit`,
      locked && [
        'umask 077',
        'opened=$(mktemp)',
        `trap 'rm -f "$opened"' EXIT`,
        `openssl pkey -in ${shellPath(files.key)} -passin env:${passphraseVariable} -out "$opened" || exit`,
      ],
      call.join(' \\\n  '),
    )
  },
}
