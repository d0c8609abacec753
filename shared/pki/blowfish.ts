/**
 * The state of Blowfish (Schneier 1993), for the one derivation that is built on it: bcrypt. Never used to encrypt.
 * Its starting state is the fraction of pi, which is computed rather than listed: 1,042 numbers nobody would check.
 */
export type Blowfish = { p: Int32Array; s: Int32Array }

const words = 18 + 4 * 256

let start: Blowfish | undefined

/** A fresh state. */
export function newBlowfish(): Blowfish {
  start ??= fromPi()
  return { p: start.p.slice(), s: start.s.slice() }
}

function fromPi(): Blowfish {
  const all = Int32Array.from({ length: words }, (_, i) => Number.parseInt(piFraction().slice(i * 8, i * 8 + 8), 16))
  return { p: all.slice(0, 18), s: all.slice(18) }
}

let digits: string | undefined

/** Pi behind its point, in hexadecimal, by Chudnovsky's series: each term gives fourteen decimal places. */
function piFraction(): string {
  if (digits) return digits
  const guard = 64n
  const bits = BigInt(words * 32) + guard
  const one = 1n << bits
  let term = one
  let sum = 13591409n * one
  for (let k = 1n; term !== 0n; k++) {
    term = (-term * (6n * k - 5n) * (2n * k - 1n) * (6n * k - 1n)) / (k * k * k * 10939058860032000n)
    sum += term * (13591409n + 545140134n * k)
  }
  const pi = (426880n * squareRoot(10005n * one * one) * one) / sum
  digits = ((pi - 3n * one) >> guard).toString(16).padStart(words * 8, '0')
  return digits
}

/** The whole part of a square root, by Newton's method from above. */
function squareRoot(of: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(of.toString(16).length / 2) * 4)
  for (;;) {
    const next = (root + of / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** Enciphers the two words at `at` in place. */
export function encipher({ p, s }: Blowfish, block: Int32Array, at: number): void {
  let left = block[at]! ^ p[0]!
  let right = block[at + 1]!
  for (let i = 1; i <= 16; i += 2) {
    right ^=
      ((((s[left >>> 24]! + s[256 + ((left >>> 16) & 0xff)]!) ^ s[512 + ((left >>> 8) & 0xff)]!) +
        s[768 + (left & 0xff)]!) |
        0) ^
      p[i]!
    left ^=
      ((((s[right >>> 24]! + s[256 + ((right >>> 16) & 0xff)]!) ^ s[512 + ((right >>> 8) & 0xff)]!) +
        s[768 + (right & 0xff)]!) |
        0) ^
      p[i + 1]!
  }
  block[at] = right ^ p[17]!
  block[at + 1] = left
}

const nothing = new Int32Array(16)

/** Works a key, and in bcrypt a salt, of sixteen words each into the state. */
export function expand(state: Blowfish, key: Int32Array, salt: Int32Array = nothing): void {
  const { p, s } = state
  for (let i = 0; i < 18; i++) p[i]! ^= key[i & 15]!
  const pair = new Int32Array(2)
  let from = 0
  const next = (into: Int32Array, at: number) => {
    pair[0]! ^= salt[from]!
    pair[1]! ^= salt[from + 1]!
    from = (from + 2) & 15
    encipher(state, pair, 0)
    into[at] = pair[0]!
    into[at + 1] = pair[1]!
  }
  for (let i = 0; i < 18; i += 2) next(p, i)
  for (let i = 0; i < 1024; i += 2) next(s, i)
}
