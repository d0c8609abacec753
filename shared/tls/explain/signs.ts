import { alertsIn } from './alerts.ts'
import { phraseOf, type Words } from './words.ts'

/**
 * Words that give a mistake away, in any program's text; one of a line is enough. What a longer phrase has taken is not
 * seen by a shorter one: `self-signed certificate in certificate chain` is no `self-signed certificate`.
 */
const spellings: readonly (readonly string[])[] = [
  // Files
  ['no start line'],
  ['failed to find any PEM data in certificate input'],
  ['failed to find certificate PEM block in certificate input'],
  ['PEM inputs may have been switched'],
  ['found a certificate rather than a key'],
  ['failed to find PEM block with type ending in private key'],
  ['following types certificate request'],
  ['following types PKCS7'],
  ['following types public key'],
  ['decoder routines unsupported'],
  ['could not load PEM client certificate'],
  ['unable to set private key file'],
  ['bad base64 decode'],
  ['bad end line'],
  ['not proc type'],
  ['SSL PEM lib'],
  // Keys
  ['key values mismatch', 'private key does not match public key'],
  [
    'key type mismatch',
    'private key does not match the certificate public key',
    'private key type does not match public key type',
    'no certificate assigned',
  ],
  ['key usage bit incorrect'],
  ['bad decrypt'],
  ['failed to parse private key'],
  ['ee key too small'],
  ['ca md too weak'],
  // Bundles
  ['mac verify failure', 'incorrect password', 'keystore password was incorrect'],
  ['PFX MAC verification failed'],
  ['MAC verification failed during PKCS12 import'],
  ['could not parse PKCS12 file'],
  ['unsupported PKCS12 PFX data', 'digital envelope routines unsupported'],
  ['mac absent', 'missing mac'],
  ['unable to load private key from PFX data', 'passed a null parameter'],
  ['keystore has 0 entries', 'keystore contains 0 entries'],
  ['not enough data', 'EOFException'],
  ['bad PKCS12 data'],
  ['error reading PKCS12 file'],
  ['wrong tag', 'toDerInputStream rejects tag type'],
  ['Algorithm HmacPBE1 2 840 113549 1 5 14 not available'],
  ['no PKCS12KDF support'],
  ['no credentials are available in the security package', '0x8009030E', 'SEC_E_NO_CREDENTIALS'],
  ['0x80090304', 'SEC_E_INTERNAL_ERROR'],
  ['message received was unexpected or badly formatted', '0x80090326'],
  // Certificates missed or refused
  ['no required SSL certificate was sent'],
  ['the SSL certificate error'],
  ['did not return a certificate'],
  ['null cert chain', 'empty client certificate chain', 'empty server certificate chain'],
  ['ERR_SSL_CLIENT_AUTH_CERT_NEEDED'],
  ['ERR_BAD_SSL_CLIENT_AUTH_CERT'],
  ['ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED'],
  ['no common signature algorithms', 'ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS'],
  ['ERR_SSL_KEY_USAGE_INCOMPATIBLE'],
  ['unknown certificate type'],
  ['cannot perform post handshake authentication'],
  ['no renegotiation'],
  ['SSL certificate verification failed'],
  ['decryption failed or bad record mac'],
  ['fetch failed', 'UND_ERR_SOCKET'],
  // What nginx logs of a client certificate
  ['verify error 10 certificate has expired'],
  ['verify error 9 certificate is not yet valid'],
  ['verify error 18 self signed certificate'],
  ['verify error 21 unable to verify the first certificate'],
  ['verify error 23 certificate revoked'],
  ['verify error 26 unsuitable certificate purpose', 'verify error 26 unsupported certificate purpose'],
  ['verify error 3 unable to get certificate CRL'],
  ['verify error 66 EE certificate key too weak'],
  ['verify error 68 CA signature digest algorithm too weak'],
  // The application
  [
    'HTTP 401',
    'HTTP 1 1 401',
    'HTTP 2 401',
    '401 unauthorized',
    'status 401',
    'status code 401',
    'response code 401',
    'returned error 401',
  ],
  [
    'HTTP 403',
    'HTTP 1 1 403',
    'HTTP 2 403',
    '403 forbidden',
    'status 403',
    'status code 403',
    'response code 403',
    'returned error 403',
  ],
  // Servers that are not trusted
  ['self signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['self signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ['unable to get issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT'],
  ['certificate signed by unknown authority'],
  ['PKIX path building failed', 'unable to find valid certification path'],
  [
    'certificate has expired',
    'CERT_HAS_EXPIRED',
    'certificate has expired or is not yet valid',
    'PKIX path validation failed',
  ],
  [
    'is not in the cert s list',
    'IP address mismatch',
    't contain any IP SANs',
    'no subject alternative names matching IP address',
  ],
  [
    'does not match certificate s altnames',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'no alternative certificate subject name matches',
    'x509 certificate is valid for',
    'no subject alternative DNS name matching',
    'hostname mismatch',
  ],
  ['relies on legacy Common Name field'],
  // The way there
  ['legacy sigalg disallowed'],
  [
    'wrong version number',
    'server gave HTTP response to HTTPS client',
    'unsupported or unrecognized SSL message',
    'packet length too long',
  ],
  ['ECONNREFUSED', 'connection refused', 'couldn t connect to server'],
  [
    'ENOTFOUND',
    'could not resolve host',
    'no such host',
    'UnknownHostException',
    'name or service not known',
    'EAI_AGAIN',
  ],
  ['ETIMEDOUT', 'timed out', 'timeout of', 'context deadline exceeded'],
  ['ECONNRESET', 'connection reset', 'socket hang up', 'client network socket disconnected'],
  [
    '407 from proxy',
    'tunnel failed response 407',
    'proxy authentication required',
    'ERR_TUNNEL_CONNECTION_FAILED',
    'ERR_PROXY_CONNECTION_FAILED',
  ],
]

const phrases: readonly { sign: number; phrase: string }[] = spellings
  .flatMap((group, sign) => group.map((words) => ({ sign, phrase: phraseOf(words) })))
  .sort((a, b) => b.phrase.length - a.phrase.length)

/** Signs found in a text, each with the words it was found by. Alerts are signs `alert:48`. */
export function signsIn(words: Words): Map<string, string> {
  const found = new Map<string, string>()
  let text = words.text
  for (const { phrase, sign } of phrases) {
    if (!text.includes(phrase)) continue
    found.set(`${sign}`, found.get(`${sign}`) ?? phrase)
    // The spaces at both ends stay, because the next phrase may begin with one of them.
    text = text.replaceAll(phrase, () => ` ${'\u0001'.repeat(phrase.length - 2)} `)
  }
  for (const { number, phrase } of alertsIn(words)) found.set(`alert:${number}`, phrase)
  return found
}
