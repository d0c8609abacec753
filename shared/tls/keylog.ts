/** Longest secret of each label, in bytes: a master secret (RFC 5246 section 8.1), or as long as the longest hash. */
const labels = {
  CLIENT_RANDOM: 48,
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: 64,
  SERVER_HANDSHAKE_TRAFFIC_SECRET: 64,
  CLIENT_TRAFFIC_SECRET_0: 64,
  SERVER_TRAFFIC_SECRET_0: 64,
} as const

export type SecretLabel = keyof typeof labels

const isHex = (text: string | undefined): text is string => /^(?:[0-9a-f]{2})+$/i.test(text ?? '')

/** The bytes of an even number of hex digits. */
export function bytesOfHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = digit(text.charCodeAt(2 * i)) * 16 + digit(text.charCodeAt(2 * i + 1))
  return bytes
}

/** Codes of `0` to `9`, `A` to `F` and `a` to `f`. */
const digit = (code: number) => (code < 58 ? code - 48 : (code | 32) - 87)

/**
 * One secret of one connection from lines of an NSS key log (`LABEL <client random> <secret>`, in hex; what
 * SSLKEYLOGFILE holds). `CLIENT_RANDOM` is the master secret of TLS 1.2, the others are of TLS 1.3 (RFC 8446 section
 * 7.1). Lines of other connections, comments and whatever else stands there are passed over; of two lines the last.
 */
export function secretFor(lines: readonly string[], label: SecretLabel, clientRandom: string): Uint8Array | undefined {
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i] ?? ''
    if (!line.startsWith(label)) continue
    const [name, random, secret] = line.trim().split(' ')
    if (name !== label || random?.toLowerCase() !== clientRandom || !isHex(secret)) continue
    if (secret.length >= 64 && secret.length <= 2 * labels[label]) return bytesOfHex(secret)
  }
  return undefined
}

/** The lines of a key log that are secrets of connections, of these only when their randoms are given. */
export function keylogLines(text: string, randoms?: ReadonlySet<string>): string[] {
  return text.split(/\r?\n/).filter((line) => {
    const [label = '', random, secret] = line.trim().split(' ')
    if (!/^[A-Z0-9_]+$/.test(label) || !isHex(random) || !isHex(secret)) return false
    return !randoms || randoms.has(random.toLowerCase())
  })
}

/** The text of an SSLKEYLOGFILE. */
export const keylogText = (lines: readonly string[]): string => lines.map((line) => `${line.trim()}\n`).join('')
