import { curlLine } from '../curl.ts'
import {
  encodeFirst,
  partsOf,
  passphraseVariable,
  type SnippetCall,
  type SnippetKind,
  trusts,
  variableOf,
} from '../snippet.ts'
import { shellText } from './shell.ts'

/**
 * What is secret goes in on standard input as curl's own configuration: the arguments of a program can be seen by every
 * user of a computer, those of a shell's built-in `printf` cannot.
 */
export const curl: SnippetKind = {
  id: 'curl',
  name: 'curl',
  language: 'sh',
  file: 'call.sh',
  needs: 'curl 7.61 or newer, with OpenSSL or GnuTLS',
  run: 'sh call.sh',
  trust: trusts('the authorities that curl was built with, usually the system’s'),
  notes: (call) => ['curl with Secure Transport, as older macOS has it, reads bundles only.', ...encodeFirst(call)],
  write(call) {
    const { url, method, body, files, blanks } = call
    const isOpen = ({ value }: { value: string }) => partsOf(value, blanks).every((part) => 'text' in part)
    const line = curlLine(
      {
        url,
        method,
        headers: call.headers.filter(isOpen),
        body,
        files: { certificate: files.certificate, key: files.key, ca: files.serverCa },
      },
      (text) => shellText(text, blanks),
    )
    const secret = settings(
      call,
      call.headers.filter((header) => !isOpen(header)),
    )
    if (secret.length === 0) return `${line}\n`
    const format = secret.map(({ format }) => `${format}\\n`).join('')
    const values = secret.flatMap(({ variables }) => variables.map((name) => `"$${name}"`))
    return `printf '${format}' ${values.join(' ')} |\n${line.replace('curl', 'curl --config -')}\n`
  },
}

/** Lines of a configuration with a place for each variable. */
function settings({ locked, blanks }: SnippetCall, headers: SnippetCall['headers']) {
  const lines = locked ? [{ format: 'pass = "%s"', variables: [passphraseVariable] }] : []
  for (const { name, value } of headers) {
    const parts = partsOf(value, blanks)
    const text = parts.map((part) => ('blank' in part ? '%s' : escaped(part.text))).join('')
    lines.push({
      format: `header = "${escaped(name)}: ${text}"`,
      variables: parts.flatMap((part) => ('blank' in part ? variableOf(part.blank) : [])),
    })
  }
  return lines
}

/** For curl's quotes, then for `printf`, then for the shell's single quotes. */
const escaped = (text: string) =>
  text.replace(/[\\"]/g, '\\$&').replace(/\\/g, '\\\\').replaceAll('%', '%%').replaceAll("'", `'\\''`)
