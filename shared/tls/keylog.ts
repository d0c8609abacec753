const labels: Record<string, number> = {
  CLIENT_RANDOM: 48,
  CLIENT_EARLY_TRAFFIC_SECRET: 64,
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: 64,
  SERVER_HANDSHAKE_TRAFFIC_SECRET: 64,
  CLIENT_TRAFFIC_SECRET_0: 64,
  SERVER_TRAFFIC_SECRET_0: 64,
}

/** Secrets of one connection, by their label. */
export type Secrets = Map<string, Uint8Array>

const isHex = (text: string | undefined): text is string => /^(?:[0-9a-f]{2})+$/i.test(text ?? '')

/** The bytes of an even number of hex digits. */
export function bytesOfHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/**
 * The secrets of one connection from lines of an NSS key log (`LABEL <client random> <secret>`, in hex; what
 * SSLKEYLOGFILE holds). `CLIENT_RANDOM` is the master secret of TLS 1.2, the others are of TLS 1.3 (RFC 8446 section
 * 7.1). Lines of other connections, comments and whatever else stands there are passed over.
 */
export function secretsFor(lines: readonly string[], clientRandom: string): Secrets {
  const secrets: Secrets = new Map()
  for (const line of lines) {
    const [label = '', random, secret] = line.trim().split(' ')
    const longest = labels[label]
    if (longest === undefined || random?.toLowerCase() !== clientRandom) continue
    if (isHex(secret) && secret.length >= 64 && secret.length <= 2 * longest) secrets.set(label, bytesOfHex(secret))
  }
  return secrets
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
