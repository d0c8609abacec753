import { z } from 'zod'

/** A certificate of a server's chain as it was seen: what those who pin go by. */
export const SeenCertificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
  spkiSha256: z.string(),
  /** Of those above the server's own. */
  pem: z.string().optional(),
})
export type SeenCertificate = z.infer<typeof SeenCertificate>

/**
 * What is different between two looks at a server, by what it breaks: `renewed` the digest of the certificate, `new-key`
 * also that of its key, `new-issuer` also the pinned authority.
 */
export const ServerChange = z.strictObject({
  kind: z.enum(['renewed', 'new-key', 'new-issuer']),
  at: z.iso.datetime(),
  /** Who issued it before and who does now. */
  from: z.string(),
  to: z.string(),
})
export type ServerChange = z.infer<typeof ServerChange>

/** A server as it was last seen, leaf first, and how it last changed. */
export const SeenServer = z.strictObject({
  seenAt: z.iso.datetime(),
  chain: z.array(SeenCertificate).max(10),
  change: ServerChange.optional(),
})
export type SeenServer = z.infer<typeof SeenServer>

/** The common name, or what else says most of a name (RFC 2253). */
const shortName = (name: string): string =>
  /(?:^|,)(?:CN|O)=((?:\\.|[^,\\])+)/.exec(name)?.[1]?.replace(/\\(.)/g, '$1') ?? name

/** The difference between two looks; nothing when the same certificate came, or when either look saw none. */
export function serverChange(
  before: readonly SeenCertificate[],
  after: readonly SeenCertificate[],
  at: Date,
): ServerChange | undefined {
  const [old, now] = [before[0], after[0]]
  if (!old || !now || old.sha256 === now.sha256) return undefined
  // An authority that only moved up or down in what is sent, or that is left out, is no other one.
  const issuerKept = old.issuer === now.issuer && sameAuthority(before[1], after[1])
  const kind = !issuerKept ? 'new-issuer' : old.spkiSha256 !== now.spkiSha256 ? 'new-key' : 'renewed'
  return { kind, at: at.toISOString(), from: shortName(old.issuer), to: shortName(now.issuer) }
}

function sameAuthority(before: SeenCertificate | undefined, after: SeenCertificate | undefined): boolean {
  return !before || !after || before.spkiSha256 === after.spkiSha256 || before.subject !== after.subject
}

/** What to tell of a change, and what it breaks for whom. */
export function serverChangeWords({ kind, from, to }: ServerChange, host: string): { title: string; body: string } {
  switch (kind) {
    case 'renewed':
      return {
        title: `${host} shows another certificate`,
        body: 'Its key and its CA are the same. Whoever pinned the certificate itself has to take up the new one.',
      }
    case 'new-key':
      return {
        title: `${host} shows a certificate with another key`,
        body: `${to} issued it, as before. Whoever pinned the certificate or its key has to take up the new one.`,
      }
    case 'new-issuer':
      return {
        title: `${host} shows a certificate of another CA`,
        body:
          from === to
            ? `${to} signs with another key than before. Whoever pinned that CA, or trusts nothing else, has to take up the new one.`
            : `${to} issued it, before it was ${from}. Whoever pinned that CA, or trusts nothing else, has to take up the new one.`,
      }
  }
}
