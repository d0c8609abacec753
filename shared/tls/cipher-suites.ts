import { unknownNumber } from './registry.ts'

/**
 * IANA's TLS cipher suites that clients and servers of today name, without the `TLS_` in front of each. Those with
 * pre-shared keys, passwords or no encryption are left out: they do not occur with certificates.
 */
const names: Record<number, string> = {
  4: 'RSA_WITH_RC4_128_MD5',
  5: 'RSA_WITH_RC4_128_SHA',
  10: 'RSA_WITH_3DES_EDE_CBC_SHA',
  22: 'DHE_RSA_WITH_3DES_EDE_CBC_SHA',
  47: 'RSA_WITH_AES_128_CBC_SHA',
  50: 'DHE_DSS_WITH_AES_128_CBC_SHA',
  51: 'DHE_RSA_WITH_AES_128_CBC_SHA',
  52: 'DH_anon_WITH_AES_128_CBC_SHA',
  53: 'RSA_WITH_AES_256_CBC_SHA',
  56: 'DHE_DSS_WITH_AES_256_CBC_SHA',
  57: 'DHE_RSA_WITH_AES_256_CBC_SHA',
  58: 'DH_anon_WITH_AES_256_CBC_SHA',
  60: 'RSA_WITH_AES_128_CBC_SHA256',
  61: 'RSA_WITH_AES_256_CBC_SHA256',
  64: 'DHE_DSS_WITH_AES_128_CBC_SHA256',
  65: 'RSA_WITH_CAMELLIA_128_CBC_SHA',
  68: 'DHE_DSS_WITH_CAMELLIA_128_CBC_SHA',
  69: 'DHE_RSA_WITH_CAMELLIA_128_CBC_SHA',
  70: 'DH_anon_WITH_CAMELLIA_128_CBC_SHA',
  103: 'DHE_RSA_WITH_AES_128_CBC_SHA256',
  106: 'DHE_DSS_WITH_AES_256_CBC_SHA256',
  107: 'DHE_RSA_WITH_AES_256_CBC_SHA256',
  108: 'DH_anon_WITH_AES_128_CBC_SHA256',
  109: 'DH_anon_WITH_AES_256_CBC_SHA256',
  132: 'RSA_WITH_CAMELLIA_256_CBC_SHA',
  135: 'DHE_DSS_WITH_CAMELLIA_256_CBC_SHA',
  136: 'DHE_RSA_WITH_CAMELLIA_256_CBC_SHA',
  137: 'DH_anon_WITH_CAMELLIA_256_CBC_SHA',
  156: 'RSA_WITH_AES_128_GCM_SHA256',
  157: 'RSA_WITH_AES_256_GCM_SHA384',
  158: 'DHE_RSA_WITH_AES_128_GCM_SHA256',
  159: 'DHE_RSA_WITH_AES_256_GCM_SHA384',
  162: 'DHE_DSS_WITH_AES_128_GCM_SHA256',
  163: 'DHE_DSS_WITH_AES_256_GCM_SHA384',
  166: 'DH_anon_WITH_AES_128_GCM_SHA256',
  167: 'DH_anon_WITH_AES_256_GCM_SHA384',
  186: 'RSA_WITH_CAMELLIA_128_CBC_SHA256',
  189: 'DHE_DSS_WITH_CAMELLIA_128_CBC_SHA256',
  190: 'DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256',
  191: 'DH_anon_WITH_CAMELLIA_128_CBC_SHA256',
  192: 'RSA_WITH_CAMELLIA_256_CBC_SHA256',
  195: 'DHE_DSS_WITH_CAMELLIA_256_CBC_SHA256',
  196: 'DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256',
  197: 'DH_anon_WITH_CAMELLIA_256_CBC_SHA256',
  198: 'SM4_GCM_SM3',
  199: 'SM4_CCM_SM3',
  255: 'EMPTY_RENEGOTIATION_INFO_SCSV',
  4865: 'AES_128_GCM_SHA256',
  4866: 'AES_256_GCM_SHA384',
  4867: 'CHACHA20_POLY1305_SHA256',
  4868: 'AES_128_CCM_SHA256',
  4869: 'AES_128_CCM_8_SHA256',
  22016: 'FALLBACK_SCSV',
  49159: 'ECDHE_ECDSA_WITH_RC4_128_SHA',
  49160: 'ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA',
  49161: 'ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  49162: 'ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  49169: 'ECDHE_RSA_WITH_RC4_128_SHA',
  49170: 'ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
  49171: 'ECDHE_RSA_WITH_AES_128_CBC_SHA',
  49172: 'ECDHE_RSA_WITH_AES_256_CBC_SHA',
  49176: 'ECDH_anon_WITH_AES_128_CBC_SHA',
  49177: 'ECDH_anon_WITH_AES_256_CBC_SHA',
  49187: 'ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  49188: 'ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  49191: 'ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  49192: 'ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  49195: 'ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  49196: 'ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  49199: 'ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  49200: 'ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  49232: 'RSA_WITH_ARIA_128_GCM_SHA256',
  49233: 'RSA_WITH_ARIA_256_GCM_SHA384',
  49234: 'DHE_RSA_WITH_ARIA_128_GCM_SHA256',
  49235: 'DHE_RSA_WITH_ARIA_256_GCM_SHA384',
  49238: 'DHE_DSS_WITH_ARIA_128_GCM_SHA256',
  49239: 'DHE_DSS_WITH_ARIA_256_GCM_SHA384',
  49244: 'ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256',
  49245: 'ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384',
  49248: 'ECDHE_RSA_WITH_ARIA_128_GCM_SHA256',
  49249: 'ECDHE_RSA_WITH_ARIA_256_GCM_SHA384',
  49266: 'ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256',
  49267: 'ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384',
  49270: 'ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256',
  49271: 'ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384',
  49308: 'RSA_WITH_AES_128_CCM',
  49309: 'RSA_WITH_AES_256_CCM',
  49310: 'DHE_RSA_WITH_AES_128_CCM',
  49311: 'DHE_RSA_WITH_AES_256_CCM',
  49312: 'RSA_WITH_AES_128_CCM_8',
  49313: 'RSA_WITH_AES_256_CCM_8',
  49314: 'DHE_RSA_WITH_AES_128_CCM_8',
  49315: 'DHE_RSA_WITH_AES_256_CCM_8',
  49324: 'ECDHE_ECDSA_WITH_AES_128_CCM',
  49325: 'ECDHE_ECDSA_WITH_AES_256_CCM',
  49326: 'ECDHE_ECDSA_WITH_AES_128_CCM_8',
  49327: 'ECDHE_ECDSA_WITH_AES_256_CCM_8',
  52392: 'ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  52393: 'ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  52394: 'DHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
}

export const suiteName = (number: number): string => {
  const name = names[number]
  return name ? `TLS_${name}` : unknownNumber(number)
}

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384'

/** Authenticated encryption with associated data: one step for content and tag. */
export type Aead = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305'

/** What decoding needs to know of a suite. `hash` is that of the key schedule (TLS 1.3) or of the PRF (TLS 1.2). */
export type AeadSuite = { name: string; hash: 'SHA-256' | 'SHA-384'; cipher: Aead }
/** Records of CBC carry an HMAC of their own, `mac`. */
export type CbcSuite = Omit<AeadSuite, 'cipher'> & { cipher: 'aes-128-cbc' | 'aes-256-cbc'; mac: HashName }
export type Suite = AeadSuite | CbcSuite

const readable = /^(?:\w+_WITH_)?(AES_128|AES_256|CHACHA20)_(GCM|CBC|POLY1305)_SHA(256|384)?$/

/**
 * The suites whose records are opened here: AES-GCM (RFC 5288), ChaCha20-Poly1305 (RFC 7905), AES-CBC with HMAC (RFC
 * 5246 section 6.2.3.2) and those of TLS 1.3 (RFC 8446 appendix B.4). Undefined for all others.
 */
export function suiteOf(number: number): Suite | undefined {
  const found = readable.exec(names[number] ?? '')
  if (!found) return undefined
  const [, key, mode, bits] = found
  const name = suiteName(number)
  // RFC 5246 section 5: SHA-256 is the PRF of every suite that names no stronger one, also of those with SHA-1.
  const hash = bits === '384' ? 'SHA-384' : 'SHA-256'
  const aes = key === 'AES_128' ? 'aes-128' : 'aes-256'
  if (mode === 'POLY1305') return { name, hash, cipher: 'chacha20-poly1305' }
  if (mode === 'GCM') return { name, hash, cipher: `${aes}-gcm` }
  return { name, hash, cipher: `${aes}-cbc`, mac: bits === undefined ? 'SHA-1' : hash }
}

/** How the keys are agreed on in TLS 1.2 (RFC 5246 section 7.4.3, RFC 8422 section 5.4); undefined in TLS 1.3. */
export function keyExchangeOf(suite: number): 'ECDHE' | 'DHE' | 'RSA' | undefined {
  const name = names[suite] ?? ''
  if (!name.includes('_WITH_')) return undefined
  if (name.startsWith('ECDH')) return 'ECDHE'
  return name.startsWith('DH') ? 'DHE' : 'RSA'
}
