import { concat } from '../pki/der.ts'
import { openChaCha20Poly1305 } from './chacha20-poly1305.ts'
import type { Suite } from './registry.ts'

/**
 * What decoding needs from a crypto library; `webCrypto` runs anywhere, Node's own is faster. `open` is for AES-GCM, and
 * answers null when the record was not sealed with this key.
 */
export type TlsCrypto = {
  hmac(hash: Suite['hash'], key: Uint8Array, data: Uint8Array): Uint8Array | Promise<Uint8Array>
  open(aead: AesGcm, sealed: Sealed): Uint8Array | null | Promise<Uint8Array | null>
}

export type AesGcm = Exclude<Suite['aead'], 'chacha20-poly1305'>
export type Sealed = { key: Uint8Array; nonce: Uint8Array; header: Uint8Array; fragment: Uint8Array }

export const webCrypto: TlsCrypto = {
  async hmac(hash, key, data) {
    const usage = { name: 'HMAC', hash }
    const imported = await crypto.subtle.importKey('raw', key as BufferSource, usage, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data as BufferSource))
  },
  async open(_, { key, nonce, header, fragment }) {
    try {
      const imported = await crypto.subtle.importKey('raw', key as BufferSource, 'AES-GCM', false, ['decrypt'])
      const how = { name: 'AES-GCM', iv: nonce as BufferSource, additionalData: header as BufferSource }
      return new Uint8Array(await crypto.subtle.decrypt(how, imported, fragment as BufferSource))
    } catch {
      return null
    }
  },
}

export type TrafficSecrets = { clientHandshake?: Uint8Array; serverHandshake?: Uint8Array } & {
  client?: Uint8Array
  server?: Uint8Array
}

const labels: Record<string, keyof TrafficSecrets> = {
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: 'clientHandshake',
  SERVER_HANDSHAKE_TRAFFIC_SECRET: 'serverHandshake',
  CLIENT_TRAFFIC_SECRET_0: 'client',
  SERVER_TRAFFIC_SECRET_0: 'server',
}

/** The TLS 1.3 secrets of one connection from NSS key log lines (`LABEL <client random> <secret>`, in hex). */
export function secretsFromKeylog(lines: readonly string[], clientRandom: string): TrafficSecrets {
  const secrets: TrafficSecrets = {}
  for (const line of lines) {
    const [label, random, secret] = line.trim().split(' ')
    const slot = labels[label ?? '']
    if (!slot || random?.toLowerCase() !== clientRandom || !secret || !/^([0-9a-f]{2}){32,64}$/i.test(secret)) continue
    secrets[slot] = Uint8Array.from(secret.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  }
  return secrets
}

/** HKDF-Expand-Label of RFC 8446 section 7.1 with an empty context, for outputs no longer than the hash. */
async function expandLabel(use: TlsCrypto, hash: Suite['hash'], secret: Uint8Array, label: string, length: number) {
  const name = new TextEncoder().encode(`tls13 ${label}`)
  const info = concat([new Uint8Array([0, length, name.length]), name, new Uint8Array([0, 1])])
  return (await use.hmac(hash, secret, info)).subarray(0, length)
}

/** One direction's record protection under one traffic secret (RFC 8446 section 7.3): key, nonce base, counter. */
export class RecordKeys {
  private sequence = 0
  private readonly use: TlsCrypto
  private readonly suite: Suite
  private readonly secret: Uint8Array
  readonly key: Uint8Array
  readonly iv: Uint8Array

  private constructor(use: TlsCrypto, suite: Suite, secret: Uint8Array, key: Uint8Array, iv: Uint8Array) {
    this.use = use
    this.suite = suite
    this.secret = secret
    this.key = key
    this.iv = iv
  }

  static async of(use: TlsCrypto, suite: Suite, secret: Uint8Array): Promise<RecordKeys> {
    const keyBytes = suite.aead === 'aes-128-gcm' ? 16 : 32
    const key = await expandLabel(use, suite.hash, secret, 'key', keyBytes)
    const iv = await expandLabel(use, suite.hash, secret, 'iv', 12)
    return new RecordKeys(use, suite, secret, key, iv)
  }

  /** The keys after a KeyUpdate (RFC 8446 section 7.2). */
  async next(): Promise<RecordKeys> {
    const secret = await expandLabel(this.use, this.suite.hash, this.secret, 'traffic upd', this.secret.length)
    return RecordKeys.of(this.use, this.suite, secret)
  }

  /** Opens the next record (RFC 8446 section 5.2): its true type and content, without the padding. */
  async open(header: Uint8Array, fragment: Uint8Array): Promise<{ type: number; content: Uint8Array } | null> {
    // Not `slice`: on Node's Buffer that is a view, and the base itself would change.
    const nonce = Uint8Array.from(this.iv)
    for (let i = 0, left = this.sequence; left > 0; i++, left = Math.floor(left / 256)) {
      nonce[11 - i] = (nonce[11 - i] ?? 0) ^ (left % 256)
    }
    const { aead } = this.suite
    const inner =
      aead === 'chacha20-poly1305'
        ? openChaCha20Poly1305(this.key, nonce, header, fragment)
        : await this.use.open(aead, { key: this.key, nonce, header, fragment })
    if (!inner) return null
    this.sequence++
    let end = inner.length
    while (end > 0 && inner[end - 1] === 0) end--
    return end === 0 ? null : { type: inner[end - 1] ?? 0, content: inner.subarray(0, end - 1) }
  }
}
