import { concat } from '../pki/der.ts'
import type { AeadSuite, Suite } from './cipher-suites.ts'
import { nonceOf, type Opened, type Protection, type Sealing } from './protection.ts'
import type { TlsRecord } from './records.ts'
import type { TlsCrypto } from './tls-crypto.ts'

/** HKDF-Expand-Label of RFC 8446 section 7.1 with an empty context, for outputs no longer than the hash. */
async function expandLabel(use: TlsCrypto, hash: Suite['hash'], secret: Uint8Array, label: string, length: number) {
  const name = new TextEncoder().encode(`tls13 ${label}`)
  const info = concat([new Uint8Array([0, length, name.length]), name, new Uint8Array([0, 1])])
  return (await use.hmac(hash, secret, info)).subarray(0, length)
}

/** One direction's record protection under one traffic secret. Its keys are derived when the first record comes. */
export class RecordKeys implements Protection {
  private sequence = 0
  private readonly use: TlsCrypto
  private readonly suite: AeadSuite
  private readonly secret: Uint8Array
  private derived: Promise<{ key: Uint8Array; iv: Uint8Array }> | undefined

  constructor(use: TlsCrypto, suite: AeadSuite, secret: Uint8Array) {
    this.use = use
    this.suite = suite
    this.secret = secret
  }

  /** Key and nonce base (RFC 8446 section 7.3). */
  keys(): Promise<{ key: Uint8Array; iv: Uint8Array }> {
    this.derived ??= this.derive()
    return this.derived
  }

  private async derive() {
    const { use, suite, secret } = this
    const key = await expandLabel(use, suite.hash, secret, 'key', suite.cipher === 'aes-128-gcm' ? 16 : 32)
    return { key, iv: await expandLabel(use, suite.hash, secret, 'iv', 12) }
  }

  /** The keys after a KeyUpdate (RFC 8446 section 7.2). */
  async next(): Promise<RecordKeys> {
    const { use, suite, secret } = this
    return new RecordKeys(use, suite, await expandLabel(use, suite.hash, secret, 'traffic upd', secret.length))
  }

  /** RFC 8446 section 5.2: the true type goes inside, and the header is what is authenticated with it. */
  async sealing(type: number, length: number): Promise<Sealing> {
    const { key, iv } = await this.keys()
    const sealed = length + 1 + 16
    const header = new Uint8Array([23, 3, 3, sealed >> 8, sealed & 255])
    const nonce = nonceOf(iv, this.sequence)
    const explicit = new Uint8Array()
    return {
      cipher: this.suite.cipher,
      key,
      nonce,
      additional: header,
      header,
      explicit,
      inner: new Uint8Array([type]),
    }
  }

  /** Opens the next record (RFC 8446 section 5.2), its padding taken off. */
  async open({ header, fragment }: TlsRecord): Promise<Opened | null> {
    const { key, iv } = await this.keys()
    const nonce = nonceOf(iv, this.sequence)
    const inner = await this.use.open(this.suite.cipher, { key, nonce, additional: header, sealed: fragment })
    if (!inner) return null
    this.sequence++
    let end = inner.length
    while (end > 0 && inner[end - 1] === 0) end--
    return end === 0 ? null : { type: inner[end - 1] ?? 0, content: inner.subarray(0, end - 1) }
  }
}
