import { shellPath } from '../shell-quote.ts'
import { encodeFirst, lines, passphraseVariable, type SnippetKind, trusts } from '../snippet.ts'
import { shellText } from './shell.ts'

export const openssl: SnippetKind = {
  id: 'openssl',
  name: 'OpenSSL s_client',
  language: 'sh',
  file: 'call.sh',
  needs: 'OpenSSL 1.1.1 or newer',
  run: 'sh call.sh',
  trust: trusts('the system’s authorities'),
  notes: (call) => [
    'Shows the handshake and the raw answer: good for looking, not for production.',
    ...encodeFirst(call),
  ],
  write({ url, method, headers, body, files, blanks, locked }) {
    const { hostname, port, pathname, search, host } = new URL(url)
    const bare = hostname.replace(/^\[|\]$/g, '')
    const isAddress = /^[\d.]+$|:/.test(bare)
    // The address is parsed with its blanks in it, which makes percent signs of their braces.
    const path = `${pathname}${search}`.replace(/%7B(\w+)%7D/gi, '{$1}')
    const given = headers.some(({ name }) => name.toLowerCase() === 'content-length')
    const length = body !== undefined && !given ? [`Content-Length: ${new TextEncoder().encode(body).length}`] : []
    const request = [
      `${method} ${path} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: close',
      ...headers.map(({ name, value }) => `${name}: ${value}`),
      ...length,
      '',
    ]
    const printed = [...request, body ?? ''].map((line, i, all) => ({
      line,
      end: i === all.length - 1 ? '' : '\\r\\n',
    }))
    return lines(
      '{',
      printed
        .filter(({ line, end }) => line !== '' || end !== '')
        .map(({ line, end }) => `  printf '%s${end}' ${shellText(line, blanks)}`),
      '} |',
      [
        `openssl s_client -quiet -connect ${shellText(`${hostname}:${port || 443}`, [])}`,
        ...(isAddress ? [`-verify_ip ${bare}`] : [`-servername ${bare} -verify_hostname ${bare}`]),
        `-cert ${shellPath(files.certificate)} -cert_chain ${shellPath(files.certificate)}`,
        `-key ${shellPath(files.key)}${locked ? ` -pass env:${passphraseVariable}` : ''}`,
        ...(files.serverCa ? [`-CAfile ${shellPath(files.serverCa)}`] : []),
        '-verify_return_error',
      ].join(' \\\n  '),
    )
  },
}
