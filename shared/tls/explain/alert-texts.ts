import type { Program } from './row.ts'

export type Texts = Partial<Record<Program, readonly string[]>>

type Alert = {
  number: number
  name: string
  hex: string
  older: 'sslv3' | 'tlsv1' | 'tlsv13'
  newer: string
  go: string
}

/** The alerts that servers send about certificates, in each library’s words. */
export const alerts = {
  required: {
    number: 116,
    name: 'certificate_required',
    hex: '45C',
    older: 'tlsv13',
    newer: 'tlsv13',
    go: 'certificate required',
  },
  handshake: {
    number: 40,
    name: 'handshake_failure',
    hex: '410',
    older: 'sslv3',
    newer: 'ssl/tls',
    go: 'handshake failure',
  },
  bad: { number: 42, name: 'bad_certificate', hex: '412', older: 'sslv3', newer: 'ssl/tls', go: 'bad certificate' },
  unsupported: {
    number: 43,
    name: 'unsupported_certificate',
    hex: '413',
    older: 'sslv3',
    newer: 'ssl/tls',
    go: 'unsupported certificate',
  },
  revoked: {
    number: 44,
    name: 'certificate_revoked',
    hex: '414',
    older: 'sslv3',
    newer: 'ssl/tls',
    go: 'revoked certificate',
  },
  expired: {
    number: 45,
    name: 'certificate_expired',
    hex: '415',
    older: 'sslv3',
    newer: 'ssl/tls',
    go: 'expired certificate',
  },
  unknownCa: {
    number: 48,
    name: 'unknown_ca',
    hex: '418',
    older: 'tlsv1',
    newer: 'tlsv1',
    go: 'unknown certificate authority',
  },
} satisfies Record<string, Alert>

/** One alert as each program prints it: OpenSSL 3.0, 3.5, BoringSSL, curl, Go, Java. */
export function printed({ go, hex, name, newer, number, older }: Alert): Texts {
  const words = name.replaceAll('_', ' ')
  const capital = name.toUpperCase()
  // BoringSSL has no word of its own for TLS 1.3.
  const boring = `${older === 'tlsv13' ? 'TLSV1' : older.toUpperCase()}_ALERT_${capital}`
  return {
    'Node 20': [
      `ERR_SSL_${older.toUpperCase()}_ALERT_${capital}: error:0A000${hex}:SSL routines:ssl3_read_bytes:${older} alert ${words}:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1601:SSL alert number ${number}`,
    ],
    'Node 24': [
      `ERR_SSL_${newer.toUpperCase()}_ALERT_${capital}: error:0A000${hex}:SSL routines:ssl3_read_bytes:${newer} alert ${words}:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:916:SSL alert number ${number}`,
    ],
    Electron: [
      `39582419062272:error:10000${hex.toLowerCase()}:SSL routines:OPENSSL_internal:${boring}:../../third_party/boringssl/src/ssl/tls_record.cc:572:SSL alert number ${number}`,
      `ERR_SSL_${boring}`,
    ],
    curl: [
      `curl: (56) OpenSSL SSL_read: error:0A000${hex}:SSL routines::${older} alert ${words}, errno 0`,
      `curl: (35) error:0A000${hex}:SSL routines::${older} alert ${words}`,
    ],
    Go: [`remote error: tls: ${go}`],
    Java: [`javax.net.ssl.SSLHandshakeException: Received fatal alert: ${name}`],
    Python: [`[SSL: ${boring}] ${older === 'tlsv13' ? 'tlsv13' : older} alert ${words} (_ssl.c:2576)`],
  }
}

/** Texts of several kinds, program by program. */
export function all(...texts: Texts[]): Texts {
  const merged: Partial<Record<Program, string[]>> = {}
  for (const one of texts) {
    for (const [program, lines] of Object.entries(one) as [Program, readonly string[]][]) {
      merged[program] = [...(merged[program] ?? []), ...lines]
    }
  }
  return merged
}
