import type { Bytes, DerNode } from './der.ts'
import { children, content, octets, orNull, readDer, Tag } from './der.ts'
import { latin1 } from './der-values.ts'
import { shapeOf } from './detect.ts'

/** Values looked at, and strings within strings: what goes beyond is not shown rather than searched for ever. */
const maxNodes = 200_000
const maxLevels = 16

/**
 * Do these bytes hold a private key that is not encrypted: as a value, inside an octet string (an unencrypted PKCS#12
 * keeps its keys there), or as PEM? In doubt the answer is yes. Never throws.
 */
export function holdsPlainKey(bytes: Bytes): boolean {
  if (latin1(bytes).includes('PRIVATE KEY-----')) return true
  const node = readDer(bytes)
  return node !== null && (orNull(() => within(node, { left: maxNodes }, 0)) ?? true)
}

/** Throws `DerFault`. */
function within(node: DerNode, budget: { left: number }, level: number): boolean {
  if (--budget.left < 0 || level > maxLevels) return true
  if (node.id === Tag.octetString || node.id === 0x24) {
    const inner = octets(node)
    const value = inner.length > 16 ? readDer(inner) : null
    return value !== null && value.end === inner.length && within(value, budget, level + 1)
  }
  if (node.id === Tag.sequence && isPlainKey(node)) return true
  return node.constructed && children(node).some((child) => within(child, budget, level))
}

/** The shape alone would also fit parameters of ciphers (RC2's are a number and octets): numbers decide. */
function isPlainKey(node: DerNode): boolean {
  const shape = orNull(() => shapeOf(node))
  if (shape?.kind !== 'private-key') return false
  const [version, second] = children(node)
  // EncryptedPrivateKeyInfo begins with its algorithm.
  if (version?.id !== Tag.integer) return false
  const octet = content(version)
  const small = octet.length === 1 && octet[0]! <= 1
  return small && (second?.id !== Tag.octetString || content(second).length >= 12)
}
