import { type SeenCertificate, type SeenServer, serverChange } from '../../shared/expiry/server-change.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'

/** A server may send more; what pinning goes by is at the front. */
const mostSeen = 8

/** What is kept of a chain as a server sent it, leaf first. The leaf's own text is kept with the attempt. */
export function seenChain(pems: readonly string[]): SeenCertificate[] {
  const chain: SeenCertificate[] = []
  for (const pem of pems.slice(0, mostSeen)) {
    const der = pemBlocks(pem)[0]?.der
    const facts = der && readCertificate(der)?.facts
    if (!facts?.sha256 || !facts.spkiSha256) break
    const { subject = '', issuer = '', notBefore = '', notAfter = '', sha256, spkiSha256 } = facts
    const above = chain.length > 0 ? { pem } : {}
    chain.push({ subject, issuer, notBefore, notAfter, sha256, spkiSha256, ...above })
  }
  return chain
}

/** The server as seen now; the last change stays known until the next. A look that saw nothing changes nothing. */
export function seenNow(
  before: SeenServer | undefined,
  pems: readonly string[],
  at: Date,
): { server: SeenServer | undefined; changed: boolean } {
  const chain = seenChain(pems)
  if (chain.length === 0) return { server: before, changed: false }
  const change = before && serverChange(before.chain, chain, at)
  const last = change ?? before?.change
  return { server: { seenAt: at.toISOString(), chain, ...(last && { change: last }) }, changed: change !== undefined }
}
