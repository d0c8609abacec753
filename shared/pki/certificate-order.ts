import type { Certificate } from './certificate.ts'
import { orderChain } from './chain.ts'
import { sameBytes } from './der.ts'

/** Files of more certificates are collections, whose order means nothing; chains are never this long. */
const maxChain = 20

/**
 * The order that servers and clients want (RFC 8446 section 4.4.2): the one certificate that is no authority first, then
 * each issuer, then what belongs to none. `null` when the order is right, or when there is none to be: authorities
 * alone, several certificates of people or servers, or one without its issuer.
 */
export function betterOrder(certificates: readonly Certificate[]): Certificate[] | null {
  if (certificates.length < 2 || certificates.length > maxChain) return null
  const leaves = certificates.filter(({ facts }) => facts.isCa !== true && facts.selfSigned !== true)
  const [leaf] = leaves
  if (!leaf || !leaves.every((other) => sameBytes(leaf.der, other.der))) return null
  const { chain } = orderChain(
    leaf.der,
    certificates.map(({ der }) => der),
  )
  if (chain.length === 0) return null
  const links = chain.flatMap((der) => certificates.find((one) => sameBytes(one.der, der)) ?? [])
  const first = [leaf, ...links]
  const wanted = [...first, ...certificates.filter((one) => !first.includes(one))]
  return wanted.every((one, at) => one === certificates[at]) ? null : wanted
}
