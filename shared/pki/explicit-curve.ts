import type { Bytes, DerNode } from './der.ts'
import { childrenOf, content, DerFault, expect, hex, Tag } from './der.ts'
import { integerOf, oidOf } from './der-values.ts'

const primeField = '1.2.840.10045.1.1'
/** No curve in use is larger than 521 bits; the work grows with the cube. */
const maxBits = 640n

type Point = { x: bigint; y: bigint } | null

const unsigned = (bytes: Bytes): bigint => BigInt(`0x0${hex(bytes)}`)

/**
 * The public point (uncompressed) of a secret number on a curve over a prime field that the file describes itself
 * (SEC 1 appendix C.2). Other programs read such keys, WebCrypto does not. The time it takes depends on the secret, so
 * it serves to show and match a key, never to sign. Throws `DerFault`.
 */
export function pointOnExplicitCurve(parameters: DerNode, secret: Bytes): Bytes {
  const [, field, curve, base] = childrenOf(parameters, Tag.sequence)
  const [type, prime] = childrenOf(field, Tag.sequence)
  if (oidOf(expect(type, Tag.oid)) !== primeField) throw new DerFault('binary field')
  const p = integerOf(expect(prime, Tag.integer))
  const a = unsigned(content(expect(childrenOf(curve, Tag.sequence)[0], Tag.octetString)))
  const generator = content(expect(base, Tag.octetString))
  const length = (generator.length - 1) / 2
  const scalar = unsigned(secret)
  if (p < 5n || p >> maxBits !== 0n || scalar >> maxBits !== 0n) throw new DerFault('size')
  if (generator[0] !== 4 || !Number.isInteger(length)) throw new DerFault('compressed point')
  const start = { x: unsigned(generator.subarray(1, 1 + length)), y: unsigned(generator.subarray(1 + length)) }
  const point = times(start, scalar, a, p)
  if (!point) throw new DerFault('point at infinity')
  const octetsOf = (value: bigint) => {
    const digits = value.toString(16).padStart(length * 2, '0')
    return digits.match(/../g)!.map((pair) => Number.parseInt(pair, 16))
  }
  return Uint8Array.of(4, ...octetsOf(point.x), ...octetsOf(point.y))
}

function times(start: Point, scalar: bigint, a: bigint, p: bigint): Point {
  let sum: Point = null
  let power = start
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = plus(sum, power, a, p)
    power = plus(power, power, a, p)
  }
  return sum
}

function plus(one: Point, other: Point, a: bigint, p: bigint): Point {
  if (!one) return other
  if (!other) return one
  const same = one.x === other.x
  if (same && (one.y + other.y) % p === 0n) return null
  const rise = same ? 3n * one.x * one.x + a : other.y - one.y
  const slope = rise * inverse(same ? 2n * one.y : other.x - one.x, p)
  const x = modulo(slope * slope - one.x - other.x, p)
  return { x, y: modulo(slope * (one.x - x) - one.y, p) }
}

const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

/** Extended Euclid. What has no inverse shows that p is no prime. Throws `DerFault`. */
function inverse(value: bigint, p: bigint): bigint {
  let [r, next] = [p, modulo(value, p)]
  let [t, nextT] = [0n, 1n]
  while (next !== 0n) {
    const quotient = r / next
    ;[r, next] = [next, r - quotient * next]
    ;[t, nextT] = [nextT, t - quotient * nextT]
  }
  if (r !== 1n) throw new DerFault('field')
  return modulo(t, p)
}
