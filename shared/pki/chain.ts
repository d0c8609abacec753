import type { Certificate } from './certificate.ts'
import { readCertificate } from './certificate.ts'
import { readCrl } from './crl.ts'
import type { Bytes } from './der.ts'
import { sameBytes } from './der.ts'
import { latin1 } from './der-values.ts'
import { signatureFits } from './verify.ts'

/** Longer chains do not occur; shorter loops are caught by not using a certificate twice. */
const maxLinks = 16

/**
 * Issuers above the leaf, nearest first, without the leaf itself; a root at the end where one was given. `unused` are
 * the other certificates, and what is no certificate. `missingIssuer` names (RFC 2253) whom the last one asks for when
 * the chain does not reach a self-signed certificate.
 */
export type Chain = { chain: Bytes[]; unused: Bytes[]; missingIssuer?: string }

/**
 * Puts issuers in order by names and key identifiers (RFC 5280 sections 4.1.2.4 and 4.2.1.1). Signatures are not
 * checked: `orderChainChecked` does. Copies of the leaf and doubles are dropped.
 */
export function orderChain(leafDer: Bytes, others: readonly Bytes[]): Chain {
  const { leaf, pool } = read(leafDer, others)
  const links: Certificate[] = []
  for (let last = leaf; last && links.length < maxLinks; ) {
    last = issuersOf(last, pool, links)[0]
    if (last) links.push(last)
  }
  return chainOf(leaf, links, others)
}

/** Like `orderChain`, but a namesake whose key did not make the signature is passed over. */
export async function orderChainChecked(leafDer: Bytes, others: readonly Bytes[]): Promise<Chain> {
  const { leaf, pool } = read(leafDer, others)
  const links: Certificate[] = []
  for (let last = leaf; last && links.length < maxLinks; ) {
    const child: Certificate = last
    last = undefined
    for (const issuer of issuersOf(child, pool, links).slice(0, maxLinks)) {
      if ((await signatureFits(child, issuer.publicKey)) === false) continue
      last = issuer
      links.push(issuer)
      break
    }
  }
  return chainOf(leaf, links, others)
}

function read(
  leafDer: Bytes,
  others: readonly Bytes[],
): { leaf: Certificate | undefined; pool: Map<string, Certificate[]> } {
  const leaf = readCertificate(leafDer) ?? undefined
  const pool = new Map<string, Certificate[]>()
  const seen = new Set([leaf?.facts.sha256])
  for (const other of others) {
    const certificate = readCertificate(other)
    if (!certificate || seen.has(certificate.facts.sha256)) continue
    seen.add(certificate.facts.sha256)
    const name = latin1(certificate.subject)
    const namesakes = pool.get(name)
    if (namesakes) namesakes.push(certificate)
    else pool.set(name, [certificate])
  }
  return { leaf, pool }
}

/** Certificates that could have issued this one, the likeliest first; none above a self-signed one. */
function issuersOf(child: Certificate, pool: Map<string, Certificate[]>, used: readonly Certificate[]): Certificate[] {
  if (child.facts.selfSigned) return []
  const asked = child.facts.authorityKeyIdentifier
  const rank = ({ facts }: Certificate) =>
    (asked !== undefined && facts.subjectKeyIdentifier === asked ? 0 : 4) +
    (facts.isCa ? 0 : 2) +
    (facts.selfSigned ? 1 : 0)
  return (pool.get(latin1(child.issuer)) ?? [])
    .filter((issuer) => !used.includes(issuer))
    .filter(({ facts: { subjectKeyIdentifier: own } }) => asked === undefined || own === undefined || asked === own)
    .sort((a, b) => rank(a) - rank(b) || later(a, b))
}

/** Of equals, the one that is valid longest. */
const later = (a: Certificate, b: Certificate): number => (b.facts.notAfter ?? '').localeCompare(a.facts.notAfter ?? '')

function chainOf(leaf: Certificate | undefined, links: readonly Certificate[], others: readonly Bytes[]): Chain {
  const chain = links.map((link) => link.der)
  const inChain = [...chain, ...(leaf ? [leaf.der] : [])]
  const unused = others.filter((other) => !inChain.some((link) => sameBytes(link, other)))
  const last = links.at(-1) ?? leaf
  const open = last !== undefined && !last.facts.selfSigned
  return { chain, unused, ...(open && { missingIssuer: last.facts.issuer }) }
}

/**
 * Was `childDer` (a certificate or a revocation list) signed by the key of the certificate `issuerDer`? `null` when it
 * cannot be said (see `signatureFits`), or when the bytes are not such objects.
 */
export async function verifySignature(childDer: Bytes, issuerDer: Bytes): Promise<boolean | null> {
  const child = readCertificate(childDer) ?? readCrl(childDer)
  const issuer = readCertificate(issuerDer)
  return child && issuer ? signatureFits(child, issuer.publicKey) : null
}
