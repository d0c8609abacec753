/**
 * Opening of AEAD_CHACHA20_POLY1305 (RFC 8439), which neither WebCrypto nor Electron's crypto module offers. It reads
 * handshakes that were recorded on this computer with keys of this computer, so it need not keep its timing secret.
 */
const tagBytes = 16

/** The plain text, or null when tag and content do not fit. `key` is 32 bytes, `nonce` 12. */
export function openChaCha20Poly1305(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | null {
  if (key.length !== 32 || nonce.length !== 12 || sealed.length < tagBytes) return null
  const cipherText = sealed.subarray(0, -tagBytes)
  const state = initialState(key, nonce)
  const macKey = keystreamBlock(state, 0)
  const expected = tagOf(macKey, aad, cipherText)
  let differs = 0
  for (let i = 0; i < tagBytes; i++) differs |= (expected[i] ?? 0) ^ (sealed[cipherText.length + i] ?? 0)
  if (differs !== 0) return null
  const plain = new Uint8Array(cipherText.length)
  for (let at = 0, counter = 1; at < plain.length; at += 64, counter++) {
    const stream = keystreamBlock(state, counter)
    const end = Math.min(64, plain.length - at)
    for (let i = 0; i < end; i++) plain[at + i] = (cipherText[at + i] ?? 0) ^ (stream[i] ?? 0)
  }
  return plain
}

/** RFC 8439 section 2.3: four constants, eight words of key, the counter, three words of nonce. */
function initialState(key: Uint8Array, nonce: Uint8Array): Uint32Array {
  const state = new Uint32Array(16)
  state.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574])
  const words = new DataView(Uint8Array.from([...key, ...nonce]).buffer)
  for (let i = 0; i < 8; i++) state[4 + i] = words.getUint32(4 * i, true)
  for (let i = 0; i < 3; i++) state[13 + i] = words.getUint32(32 + 4 * i, true)
  return state
}

function keystreamBlock(initial: Uint32Array, counter: number): Uint8Array {
  const x = Uint32Array.from(initial)
  x[12] = counter
  for (let round = 0; round < 10; round++) {
    quarter(x, 0, 4, 8, 12)
    quarter(x, 1, 5, 9, 13)
    quarter(x, 2, 6, 10, 14)
    quarter(x, 3, 7, 11, 15)
    quarter(x, 0, 5, 10, 15)
    quarter(x, 1, 6, 11, 12)
    quarter(x, 2, 7, 8, 13)
    quarter(x, 3, 4, 9, 14)
  }
  const block = new DataView(new ArrayBuffer(64))
  for (let i = 0; i < 16; i++) {
    const added = i === 12 ? counter : (initial[i] ?? 0)
    block.setUint32(4 * i, ((x[i] ?? 0) + added) >>> 0, true)
  }
  return new Uint8Array(block.buffer)
}

function quarter(x: Uint32Array, a: number, b: number, c: number, d: number): void {
  mix(x, a, b, d, 16)
  mix(x, c, d, b, 12)
  mix(x, a, b, d, 8)
  mix(x, c, d, b, 7)
}

/** `a += b`, `d ^= a`, `d <<<= bits`, modulo 2^32. */
function mix(x: Uint32Array, a: number, b: number, d: number, bits: number): void {
  const sum = ((x[a] ?? 0) + (x[b] ?? 0)) >>> 0
  const turned = (x[d] ?? 0) ^ sum
  x[a] = sum
  x[d] = (turned << bits) | (turned >>> (32 - bits))
}

const prime = (1n << 130n) - 5n
/** RFC 8439 section 2.5.1: bits of the multiplier that have to be zero. */
const clamp = [255, 255, 255, 15, 252, 255, 255, 15, 252, 255, 255, 15, 252, 255, 255, 15]

/** Numbers of 132 bits in six limbs of 22: products of two and their sums stay exact in a double. */
const limbBits = 22
const limbs = 6
const limbSize = 2 ** limbBits

function limbsOf(bytes: Uint8Array, at: number, into: Float64Array): void {
  for (let i = 0; i < limbs; i++) {
    const bit = i * limbBits
    const from = at + (bit >> 3)
    const four =
      (bytes[from] ?? 0) |
      ((bytes[from + 1] ?? 0) << 8) |
      ((bytes[from + 2] ?? 0) << 16) |
      ((bytes[from + 3] ?? 0) << 24)
    into[i] = (four >>> (bit & 7)) & (limbSize - 1)
  }
}

/** `product = (sum + block) * r` modulo 2^130 - 5, where 2^132 is 20. */
function step(sum: Float64Array, block: Float64Array, r: Float64Array, product: Float64Array): void {
  for (let i = 0; i < limbs; i++) sum[i] = (sum[i] ?? 0) + (block[i] ?? 0)
  for (let k = 0; k < limbs; k++) {
    let total = 0
    for (let i = 0; i < limbs; i++) {
      const term = (sum[i] ?? 0) * (r[i <= k ? k - i : k - i + limbs] ?? 0)
      total += i <= k ? term : term * 20
    }
    product[k] = total
  }
  let carry = 0
  for (let i = 0; i < limbs; i++) {
    const value = (product[i] ?? 0) + carry
    carry = Math.floor(value / limbSize)
    sum[i] = value - carry * limbSize
  }
  const low = (sum[0] ?? 0) + carry * 20
  const over = Math.floor(low / limbSize)
  sum[0] = low - over * limbSize
  sum[1] = (sum[1] ?? 0) + over
}

const littleEndian = (bytes: Uint8Array) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)

/** RFC 8439 sections 2.5 and 2.8: Poly1305 over both texts, each padded to sixteen bytes, and their lengths. */
function tagOf(macKey: Uint8Array, aad: Uint8Array, cipherText: Uint8Array): Uint8Array {
  const [r, sum, block, product] = [0, 0, 0, 0].map(() => new Float64Array(limbs)) as Limbs
  limbsOf(
    Uint8Array.from(clamp, (mask, i) => mask & (macKey[i] ?? 0)),
    0,
    r,
  )
  // One byte of 1 behind each sixteen.
  const piece = new Uint8Array(20)
  piece[16] = 1
  const feed = (text: Uint8Array) => {
    for (let at = 0; at < text.length; at += 16) {
      const part = text.subarray(at, at + 16)
      piece.set(part)
      piece.fill(0, part.length, 16)
      limbsOf(piece, 0, block)
      step(sum, block, r, product)
    }
  }
  const lengths = new DataView(new ArrayBuffer(16))
  lengths.setUint32(0, aad.length, true)
  lengths.setUint32(8, cipherText.length, true)
  feed(aad)
  feed(cipherText)
  feed(new Uint8Array(lengths.buffer))
  const total = sum.reduceRight((value, limb) => (value << BigInt(limbBits)) + BigInt(limb), 0n) % prime
  const tag = total + littleEndian(macKey.subarray(16, 32))
  return Uint8Array.from({ length: tagBytes }, (_, i) => Number((tag >> BigInt(8 * i)) & 255n))
}

type Limbs = [Float64Array, Float64Array, Float64Array, Float64Array]
