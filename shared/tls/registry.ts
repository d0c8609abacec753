/** Numbers of the IANA TLS registries that this app meets, by the names their RFCs give them. */

const unknown = (number: number) => `0x${number.toString(16).padStart(4, '0')}`

const versions: Record<number, string> = {
  768: 'SSLv3',
  769: 'TLSv1',
  770: 'TLSv1.1',
  771: 'TLSv1.2',
  772: 'TLSv1.3',
}
export const versionName = (number: number): string => versions[number] ?? unknown(number)

/** RFC 8446 section 6, RFC 5246 section 7.2, RFC 6066 section 9, RFC 7301 section 3.2. */
const alerts: Record<number, string> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  21: 'decryption_failed',
  22: 'record_overflow',
  30: 'decompression_failure',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  60: 'export_restriction',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
}
export const alertName = (number: number): string => alerts[number] ?? `alert_${number}`

/** RFC 8446 section 4.2.3; the `rsa_pkcs1_sha224` kind and DSA are RFC 5246 pairs of hash and signature. */
const schemes: Record<number, string> = {
  513: 'rsa_pkcs1_sha1',
  514: 'dsa_sha1',
  515: 'ecdsa_sha1',
  769: 'rsa_pkcs1_sha224',
  770: 'dsa_sha224',
  771: 'ecdsa_sha224',
  1025: 'rsa_pkcs1_sha256',
  1026: 'dsa_sha256',
  1027: 'ecdsa_secp256r1_sha256',
  1281: 'rsa_pkcs1_sha384',
  1282: 'dsa_sha384',
  1283: 'ecdsa_secp384r1_sha384',
  1537: 'rsa_pkcs1_sha512',
  1538: 'dsa_sha512',
  1539: 'ecdsa_secp521r1_sha512',
  2052: 'rsa_pss_rsae_sha256',
  2053: 'rsa_pss_rsae_sha384',
  2054: 'rsa_pss_rsae_sha512',
  2055: 'ed25519',
  2056: 'ed448',
  2057: 'rsa_pss_pss_sha256',
  2058: 'rsa_pss_pss_sha384',
  2059: 'rsa_pss_pss_sha512',
  2074: 'ecdsa_brainpoolP256r1tls13_sha256',
  2075: 'ecdsa_brainpoolP384r1tls13_sha384',
  2076: 'ecdsa_brainpoolP512r1tls13_sha512',
  2308: 'mldsa44',
  2309: 'mldsa65',
  2310: 'mldsa87',
}
export const schemeName = (number: number): string => schemes[number] ?? unknown(number)

/** RFC 8446 section 4.2.7, RFC 8422 section 5.1.1, RFC 7919, draft-ietf-tls-ecdhe-mlkem. */
const groups: Record<number, string> = {
  23: 'secp256r1',
  24: 'secp384r1',
  25: 'secp521r1',
  29: 'x25519',
  30: 'x448',
  256: 'ffdhe2048',
  257: 'ffdhe3072',
  258: 'ffdhe4096',
  259: 'ffdhe6144',
  260: 'ffdhe8192',
  4587: 'SecP256r1MLKEM768',
  4588: 'X25519MLKEM768',
  4589: 'SecP384r1MLKEM1024',
}
export const groupName = (number: number): string => groups[number] ?? unknown(number)

/** RFC 5246 section 7.4.4, RFC 8422 section 5.5: what TLS 1.2 servers ask for besides signature schemes. */
const certificateTypes: Record<number, string> = {
  1: 'rsa_sign',
  2: 'dss_sign',
  3: 'rsa_fixed_dh',
  4: 'dss_fixed_dh',
  64: 'ecdsa_sign',
  65: 'rsa_fixed_ecdh',
  66: 'ecdsa_fixed_ecdh',
}
export const certificateTypeName = (number: number): string => certificateTypes[number] ?? unknown(number)

export type Suite = {
  name: string
  hash: 'SHA-256' | 'SHA-384'
  aead: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305'
}

/** RFC 8446 appendix B.4: the suites of TLS 1.3 that Node and Electron offer. */
export const tls13Suites: Record<number, Suite> = {
  4865: { name: 'TLS_AES_128_GCM_SHA256', hash: 'SHA-256', aead: 'aes-128-gcm' },
  4866: { name: 'TLS_AES_256_GCM_SHA384', hash: 'SHA-384', aead: 'aes-256-gcm' },
  4867: { name: 'TLS_CHACHA20_POLY1305_SHA256', hash: 'SHA-256', aead: 'chacha20-poly1305' },
}

const tls12Suites: Record<number, string> = {
  156: 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  157: 'TLS_RSA_WITH_AES_256_GCM_SHA384',
  158: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  159: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  49161: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  49162: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  49171: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  49172: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  49195: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  49196: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  49199: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  49200: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  52392: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  52393: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
}
export const suiteName = (number: number): string => tls13Suites[number]?.name ?? tls12Suites[number] ?? unknown(number)
