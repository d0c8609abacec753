import type { CauseCode } from './failures.ts'

/**
 * Why this side did not trust the server, by the code of OpenSSL's or BoringSSL's verification as Node hands it on.
 */
export const distrust: Record<string, CauseCode> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'server.self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'server.untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'server.untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'server.untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'server.untrusted',
  CERT_UNTRUSTED: 'server.untrusted',
  CERT_SIGNATURE_FAILURE: 'server.untrusted',
  CERT_REVOKED: 'server.untrusted',
  CERT_REJECTED: 'server.untrusted',
  INVALID_CA: 'server.untrusted',
  CERT_HAS_EXPIRED: 'server.expired',
  CERT_NOT_YET_VALID: 'server.not-yet-valid',
  INVALID_PURPOSE: 'server.wrong-purpose',
  ERR_TLS_CERT_ALTNAME_INVALID: 'server.wrong-name',
  HOSTNAME_MISMATCH: 'server.wrong-name',
}

/** What the network, or the loading of our own files, said: codes that need no further look. */
export const plainFailures: Record<string, CauseCode> = {
  ENOTFOUND: 'net.unresolved',
  EAI_AGAIN: 'net.unresolved',
  EAI_FAIL: 'net.unresolved',
  ECONNREFUSED: 'net.refused',
  EHOSTUNREACH: 'net.unreachable',
  ENETUNREACH: 'net.unreachable',
  EADDRNOTAVAIL: 'net.unreachable',
  ENETDOWN: 'net.unreachable',
  ETIMEDOUT: 'net.timeout',
  EFAMILY: 'net.unresolved',
  ABORT_ERR: 'net.cancelled',
  ERR_INVALID_URL: 'test.url-invalid',
  ERR_NO_TRUSTED_CERTIFICATE: 'test.trust-empty',
  ERR_INVALID_CHAR: 'http.request-invalid',
  ERR_METHOD_REFUSED: 'http.request-invalid',
  ERR_INVALID_HTTP_TOKEN: 'http.request-invalid',
  ERR_UNESCAPED_CHARACTERS: 'http.request-invalid',
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: 'client.key-mismatch',
  ERR_OSSL_X509_KEY_TYPE_MISMATCH: 'client.key-mismatch',
  ERR_SSL_EE_KEY_TOO_SMALL: 'client.too-weak',
  ERR_SSL_CA_KEY_TOO_SMALL: 'client.too-weak',
  ERR_SSL_CA_MD_TOO_WEAK: 'client.too-weak',
  ERR_SSL_NO_COMMON_SIGNATURE_ALGORITHMS: 'client.no-common-signature',
  ERR_SSL_UNKNOWN_CERTIFICATE_TYPE: 'client.no-common-signature',
  ERR_SSL_WRONG_VERSION_NUMBER: 'net.not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'net.not-tls',
  ERR_SSL_ENCRYPTED_LENGTH_TOO_LONG: 'net.not-tls',
  ERR_SSL_HTTP_REQUEST: 'net.not-tls',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls.version',
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: 'tls.version',
  ERR_SSL_NO_CIPHER_MATCH: 'tls.no-common-cipher',
}

/** Alerts that speak of the handshake, not of a certificate (RFC 8446 section 6.2). */
export const handshakeAlerts: Record<number, CauseCode> = {
  40: 'tls.no-common-cipher',
  70: 'tls.version',
  71: 'tls.no-common-cipher',
  80: 'server.fault',
  86: 'tls.version',
  112: 'server.wrong-name',
  120: 'tls.no-common-protocol',
}
