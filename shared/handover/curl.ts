import { shellPath, shellQuoted } from './shell-quote.ts'

/** The call to repeat, and the files it uses. Values may hold blanks such as `{clientId}`; none is filled in here. */
export type CurlCall = {
  url: string
  method: string
  headers: readonly { name: string; value: string }[]
  body?: string
  /** Without a client certificate: only what to trust, or nothing. */
  files: { certificate: string; key: string; ca?: string } | { pkcs12: string; ca?: string } | { ca?: string } | null
}

/**
 * The curl command that makes the same call with exported files, for a POSIX shell, one option a line. No passphrase is
 * in it: curl asks for one when the key or the bundle is protected. `quote` writes a text of the call for the shell.
 */
export function curlLine({ url, method, headers, body, files }: CurlCall, quote = shellQuoted): string {
  const parts = ['curl']
  // curl would take {braces} and [brackets] in an address for a pattern of several.
  if (/[{}[\]]/.test(url)) parts.push('--globoff')
  if (files && 'pkcs12' in files) parts.push(`--cert-type P12 --cert ${shellPath(files.pkcs12)}`)
  if (files && 'certificate' in files)
    parts.push(`--cert ${shellPath(files.certificate)}`, `--key ${shellPath(files.key)}`)
  if (files?.ca !== undefined) parts.push(`--cacert ${shellPath(files.ca)}`)
  if (method === 'HEAD') parts.push('--head')
  else if (method !== (body === undefined ? 'GET' : 'POST')) parts.push(`--request ${shellQuoted(method)}`)
  for (const { name, value } of headers)
    parts.push(`--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`)
  if (body !== undefined) {
    // curl would say that any body is a web form; we say nothing that was not asked for.
    if (!headers.some(({ name }) => name.toLowerCase() === 'content-type')) parts.push("--header 'Content-Type:'")
    parts.push(`--data-raw ${quote(body)}`)
  }
  parts.push(quote(url))
  return parts.join(' \\\n  ')
}
