import { pkcs11Uri } from '../tokens/pkcs11-uri.ts'
import type { TokenPlace } from '../tokens/token.ts'
import { type CurlCall, curlLine } from './curl.ts'

// OpenSSL reaches tokens through an engine (libp11; Debian: libengine-pkcs11-openssl), which is told the library by its
// environment. It asks for the PIN on the terminal, so none is in a line.

type Files = { certificate: string; ca?: string }

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
const plain = (text: string) => (/^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,-]*$/.test(text) ? text : quoted(text))

const moduleFor = ({ library }: TokenPlace) => `PKCS11_MODULE_PATH=${plain(library)}`

/** The same call with a key in a token, for a curl that is built on OpenSSL. `certificate` holds its chain, too. */
export function tokenCurlLine(call: Omit<CurlCall, 'files'>, place: TokenPlace, { certificate, ca }: Files): string {
  const rest = curlLine({ ...call, files: { ca } }).slice('curl'.length)
  const own = [`--engine pkcs11 --key-type ENG --key ${quoted(pkcs11Uri(place))}`, `--cert ${plain(certificate)}`]
  return `${[`${moduleFor(place)} curl`, ...own].join(' \\\n  ')}${rest}`
}

/** A handshake with the key in the token; whatever is typed then goes to the server. */
export function tokenSClientLine(host: string, port: number, place: TokenPlace, { certificate, ca }: Files): string {
  return [
    `${moduleFor(place)} openssl s_client`,
    `-connect ${plain(`${host}:${port}`)} -servername ${plain(host)}`,
    `-engine pkcs11 -keyform engine -key ${quoted(pkcs11Uri(place))}`,
    `-cert ${plain(certificate)} -cert_chain ${plain(certificate)}`,
    ...(ca === undefined ? [] : [`-CAfile ${plain(ca)} -verify_return_error`]),
  ].join(' \\\n  ')
}

/**
 * nginx as the client of a provider: what stands at the top of its configuration, and in the location that calls. It has
 * no terminal: the PIN is in a file that only its user can read.
 */
export function tokenNginx(place: TokenPlace, { certificate, ca }: Files, pinFile: string) {
  const key = `"engine:pkcs11:${pkcs11Uri(place)}?pin-source=file:${pinFile}"`
  return {
    start: `${moduleFor(place)} nginx`,
    top: ['env PKCS11_MODULE_PATH;', 'ssl_engine pkcs11;'].join('\n'),
    location: [
      `proxy_ssl_certificate ${certificate};`,
      `proxy_ssl_certificate_key ${key};`,
      ...(ca === undefined ? [] : [`proxy_ssl_trusted_certificate ${ca};`, 'proxy_ssl_verify on;']),
      'proxy_ssl_server_name on;',
    ].join('\n'),
    server: `ssl_certificate_key ${key};`,
  }
}

/** The same as one text with its places told. */
export function tokenNginxLines(place: TokenPlace, files: Files): string {
  const { start, top, location, server } = tokenNginx(place, files, '/etc/nginx/token-pin')
  return [
    '# At the top, beside “events” and “http”. nginx is started with the library in its environment:',
    `#   ${start}`,
    top,
    '',
    '# In the location that calls the provider.',
    location,
    '',
    '# A server of your own names the same key so:',
    `#   ${server}`,
  ].join('\n')
}
