import { readCertificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import type { Facts } from '../pki/facts.ts'
import { checkTrust } from '../pki/path/check-trust.ts'

/** What is asked of a client’s certificate, with the certificates and lists it is judged by (DER). */
export type ClientDemand = {
  /** `roots`: below one of these. `pin`: exactly this one (SHA-256 in hex). `any`: every one. */
  by: { roots: readonly Bytes[] } | { pin: string } | 'any'
  /** Intermediates that clients leave out. */
  pile?: readonly Bytes[]
  /** A name it also has to have. */
  name?: string
  crls?: readonly Bytes[]
  /** A current list has to vouch for it. */
  checkCrl?: boolean
}

/** `code` is `ok`, `client.…`, or a reason of `path.…`. */
export type ClientVerdict = { accepted: boolean; code: string; says: string; next?: string }

/** Alerts that tell a client what is wrong (RFC 8446 section 6.2); certificate_unknown (46) for all that has none. */
const alerts: Record<string, number> = {
  'client.none-shown': 116,
  'client.not-readable': 42,
  'path.not-yet-valid': 42,
  'path.purpose-wrong': 43,
  'path.key-usage-wrong': 43,
  'path.revoked': 44,
  'path.expired': 45,
  'path.self-signed': 48,
  'path.root-untrusted': 48,
  'path.issuer-missing': 48,
  'path.issuer-other-key': 48,
  'path.signature-wrong': 48,
}

/** The alert that a TLS library sends for such a refusal. */
export const alertFor = (code: string): number => alerts[code] ?? 46

const refusal = (code: string, says: string, next: string): ClientVerdict => ({ accepted: false, code, says, next })

/** Would this client be let in? `chain` is what it showed, its own certificate first; empty when it showed none. */
export async function judgeClient(chain: readonly Bytes[], demand: ClientDemand, at: Date): Promise<ClientVerdict> {
  const [leaf, ...above] = chain
  if (!leaf) {
    const next = 'The caller has to present its certificate and key: many clients send none without being told to.'
    return refusal('client.none-shown', 'It showed no certificate.', next)
  }
  const facts = readCertificate(leaf)?.facts
  if (!facts) {
    return refusal('client.not-readable', 'What it showed is not readable as a certificate.', 'Look at it in Inspect.')
  }
  if (demand.by === 'any') {
    return { accepted: true, code: 'ok', says: `It showed “${nameOf(facts)}”; every certificate is taken here.` }
  }
  const named = demand.name === undefined || namesOf(facts).includes(demand.name.toLowerCase())
  const trusted = 'pin' in demand.by ? judgePin(facts, demand.by.pin, at) : await judgePath(leaf, above, demand, at)
  if (!trusted.accepted || named) return trusted
  const says = `“${nameOf(facts)}” is of the right authority, but does not have the name ${demand.name}.`
  const next = 'A public authority signs for everybody: only the name tells the provider from its other customers.'
  return refusal('client.name-differs', says, next)
}

async function judgePath(
  leaf: Bytes,
  above: readonly Bytes[],
  { by, pile = [], crls = [], checkCrl }: ClientDemand,
  at: Date,
): Promise<ClientVerdict> {
  const roots = typeof by === 'object' && 'roots' in by ? by.roots : []
  const { trusted, reason, says, next } = await checkTrust({
    leaf,
    pile: [...above, ...pile],
    roots,
    crls,
    at,
    purpose: 'client',
    revocation: checkCrl ? 'leaf' : 'known',
  })
  return { accepted: trusted, code: trusted ? 'ok' : reason, says, ...(next !== undefined && { next }) }
}

/** One certificate and no other: who issued it, and what for, does not count; its dates do. */
function judgePin(facts: Facts, pin: string, at: Date): ClientVerdict {
  const name = nameOf(facts)
  const { sha256 = '', notBefore = '', notAfter = '' } = facts
  if (sha256 !== pin) {
    const says = `“${name}” is another certificate than the one that is pinned.`
    return refusal(
      'client.pin-differs',
      says,
      'Compare the fingerprints. A renewed certificate has a new one: pin that.',
    )
  }
  if (at < new Date(notBefore)) {
    const says = `“${name}” is the pinned certificate, but is not valid before ${notBefore.slice(0, 10)}.`
    return refusal('path.not-yet-valid', says, 'Wait until then, or check the clock of this computer.')
  }
  if (at > new Date(notAfter)) {
    const says = `“${name}” is the pinned certificate, but it expired on ${notAfter.slice(0, 10)}.`
    return refusal('path.expired', says, 'Ask the provider for its new certificate, and pin that.')
  }
  return { accepted: true, code: 'ok', says: `“${name}” is the pinned certificate.` }
}

/** Its common names and DNS names, in lower case. */
function namesOf({ subjectParts = [], subjectAltNames = [] }: Facts): string[] {
  const common = subjectParts.filter(({ type }) => type === 'CN').map(({ value }) => value)
  const dns = subjectAltNames.filter((name) => name.startsWith('DNS:')).map((name) => name.slice(4))
  return [...common, ...dns].map((name) => name.toLowerCase())
}

function nameOf({ subjectParts = [], subject = '', subjectAltNames = [] }: Facts): string {
  const common = subjectParts.findLast(({ type }) => type === 'CN')?.value
  return (common || subject || subjectAltNames[0] || 'without a name').slice(0, 80)
}
