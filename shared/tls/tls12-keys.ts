import { concat } from '../pki/der.ts'
import { macBytes, openCbc } from './aes-cbc-records.ts'
import type { Aead, Suite } from './cipher-suites.ts'
import { nonceOf, type Opened, type Protection, type Sealing, sequenceBytes } from './protection.ts'
import type { TlsRecord } from './records.ts'
import type { TlsCrypto } from './tls-crypto.ts'

/** What the hellos and the key log give for one handshake of TLS 1.2. */
export type Tls12Secrets = {
  suite: Suite
  masterSecret: Uint8Array
  clientRandom: Uint8Array
  serverRandom: Uint8Array
  /** The server took the encrypt_then_mac extension (RFC 7366). */
  encryptThenMac: boolean
}

/** The PRF of RFC 5246 section 5, `length` bytes of it. */
export async function prf(
  use: TlsCrypto,
  hash: Suite['hash'],
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const labelled = concat([new TextEncoder().encode(label), seed])
  const pieces: Uint8Array[] = []
  let a = labelled
  for (let made = 0; made < length; ) {
    a = await use.hmac(hash, secret, a)
    const piece = await use.hmac(hash, secret, concat([a, labelled]))
    pieces.push(piece)
    made += piece.length
  }
  return concat(pieces).subarray(0, length)
}

type Keys = { macKey: Uint8Array; key: Uint8Array; iv: Uint8Array }

/** The key block of RFC 5246 section 6.3, cut into what each side writes with. */
async function keyBlock(use: TlsCrypto, secrets: Tls12Secrets): Promise<{ client: Keys; server: Keys }> {
  const { suite, masterSecret, clientRandom, serverRandom } = secrets
  const macLength = 'mac' in suite ? macBytes[suite.mac] : 0
  const keyLength = suite.cipher.startsWith('aes-128') ? 16 : 32
  // GCM fixes four bytes of the nonce (RFC 5288 section 3), ChaCha20 twelve, CBC writes a new IV in every record.
  const ivLength = suite.cipher.endsWith('-gcm') ? 4 : suite.cipher === 'chacha20-poly1305' ? 12 : 0
  const seed = concat([serverRandom, clientRandom])
  const bytes = 2 * (macLength + keyLength + ivLength)
  const block = await prf(use, suite.hash, masterSecret, 'key expansion', seed, bytes)
  let at = 0
  const take = (length: number) => {
    at += length
    return block.subarray(at - length, at)
  }
  const [clientMac, serverMac] = [take(macLength), take(macLength)]
  const [clientKey, serverKey] = [take(keyLength), take(keyLength)]
  const [clientIv, serverIv] = [take(ivLength), take(ivLength)]
  return {
    client: { macKey: clientMac, key: clientKey, iv: clientIv },
    server: { macKey: serverMac, key: serverKey, iv: serverIv },
  }
}

/** Both directions' protection after ChangeCipherSpec. Keys are derived once, when the first record comes. */
export function tls12Protection(use: TlsCrypto, secrets: Tls12Secrets): Record<'client' | 'server', Protection> {
  let derived: ReturnType<typeof keyBlock> | undefined
  const keysOf = async (side: 'client' | 'server') => {
    derived ??= keyBlock(use, secrets)
    return (await derived)[side]
  }
  const direction = (side: 'client' | 'server') => new Tls12Records(use, secrets, () => keysOf(side))
  return { client: direction('client'), server: direction('server') }
}

class Tls12Records implements Protection {
  private sequence = 0
  private readonly use: TlsCrypto
  private readonly suite: Suite
  private readonly macFirst: boolean
  private readonly keys: () => Promise<Keys>

  constructor(use: TlsCrypto, { suite, encryptThenMac }: Tls12Secrets, keys: () => Promise<Keys>) {
    this.use = use
    this.suite = suite
    this.macFirst = !encryptThenMac
    this.keys = keys
  }

  async open({ type, header, fragment }: TlsRecord): Promise<Opened | null> {
    const keys = await this.keys()
    const prefix = concat([sequenceBytes(this.sequence), header.subarray(0, 3)])
    const { suite, use, macFirst } = this
    const content =
      'mac' in suite
        ? await openCbc(use, { mac: suite.mac, macFirst }, keys, prefix, fragment)
        : await this.openAead(suite.cipher, keys, prefix, fragment)
    // A record that stays closed still had its number; the next one is tried with the number after it.
    this.sequence++
    return content && { type, content }
  }

  /** Not for CBC, which a server of today takes only from clients of yesterday. */
  async sealing(type: number, length: number): Promise<Sealing | null> {
    const { suite, sequence } = this
    if ('mac' in suite) return null
    const { key, iv } = await this.keys()
    // The sequence number is a nonce that no other record of this connection has.
    const explicit = suite.cipher === 'chacha20-poly1305' ? new Uint8Array() : sequenceBytes(sequence)
    const nonce = explicit.length === 0 ? nonceOf(iv, sequence) : concat([iv, explicit])
    const sealed = explicit.length + length + 16
    const additional = concat([sequenceBytes(sequence), new Uint8Array([type, 3, 3, length >> 8, length & 255])])
    const header = new Uint8Array([type, 3, 3, sealed >> 8, sealed & 255])
    return { cipher: suite.cipher, key, nonce, additional, header, explicit, inner: new Uint8Array() }
  }

  /** RFC 5288 section 3: the nonce's last eight bytes come with the record. RFC 7905 section 2: they do not. */
  private openAead(cipher: Aead, { key, iv }: Keys, prefix: Uint8Array, fragment: Uint8Array) {
    const explicit = cipher === 'chacha20-poly1305' ? 0 : 8
    const plainLength = fragment.length - explicit - 16
    if (plainLength < 0) return null
    const nonce = explicit === 0 ? nonceOf(iv, this.sequence) : concat([iv, fragment.subarray(0, explicit)])
    const additional = concat([prefix, new Uint8Array([plainLength >> 8, plainLength & 255])])
    return this.use.open(cipher, { key, nonce, additional, sealed: fragment.subarray(explicit) })
  }
}
