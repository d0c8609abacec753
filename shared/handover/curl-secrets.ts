import { type CurlCall, curlLine } from './curl.ts'
import { partsOf, passphraseVariable, variableOf } from './snippet.ts'
import { shellText } from './snippets/shell.ts'

export type SecretCurl = CurlCall & {
  /** Names of the blanks, read from the environment. */
  blanks: readonly string[]
  /** The key file has a passphrase, in `MTLS_PASSPHRASE`. */
  locked?: boolean
  /** HTTP Basic authentication; both may hold blanks. */
  basic?: { user: string; password: string }
}

/**
 * A curl line whose secrets go in on standard input as curl's own configuration: the arguments of a program can be seen by
 * every user of a computer, those of a shell's built-in `printf` cannot.
 */
export function curlWithSecrets(call: SecretCurl): string {
  const { blanks, headers } = call
  const isOpen = ({ value }: { value: string }) => partsOf(value, blanks).every((part) => 'text' in part)
  const line = curlLine({ ...call, headers: headers.filter(isOpen) }, (text) => shellText(text, blanks))
  const secret = settings(
    call,
    headers.filter((header) => !isOpen(header)),
  )
  if (secret.length === 0) return `${line}\n`
  const format = secret.map(({ format }) => `${format}\\n`).join('')
  const values = secret.flatMap(({ variables }) => variables.map((name) => `"$${name}"`))
  return `printf '${format}' ${values.join(' ')} |\n${line.replace('curl', 'curl --config -')}\n`
}

/** Lines of a configuration with a place for each variable. */
function settings({ locked, basic, blanks }: SecretCurl, headers: CurlCall['headers']) {
  const lines = locked ? [{ format: 'pass = "%s"', variables: [passphraseVariable] }] : []
  const place = (name: string, text: string, before = '') => {
    const parts = partsOf(text, blanks)
    lines.push({
      format: `${name} = "${before}${parts.map((part) => ('blank' in part ? '%s' : escaped(part.text))).join('')}"`,
      variables: parts.flatMap((part) => ('blank' in part ? variableOf(part.blank) : [])),
    })
  }
  if (basic) place('user', `${basic.user}:${basic.password}`)
  for (const { name, value } of headers) place('header', value, `${escaped(name)}: `)
  return lines
}

/** For curl's quotes, then for `printf`, then for the shell's single quotes. */
const escaped = (text: string) =>
  text.replace(/[\\"]/g, '\\$&').replace(/\\/g, '\\\\').replaceAll('%', '%%').replaceAll("'", `'\\''`)
