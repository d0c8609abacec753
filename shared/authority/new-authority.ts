import { readCertificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import type { NewExtension } from '../pki/extension-writer.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyIdentifier,
  keyUsage,
  subjectKeyIdentifier,
} from '../pki/extension-writer.ts'
import type { NamePart } from '../pki/facts.ts'
import { validityOf } from '../pki/issue.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import { generateKey } from '../pki/keys.ts'
import { encodeName } from '../pki/name-writer.ts'
import { signDer } from '../pki/sign-der.ts'
import type { SigningKey } from '../pki/signing-key.ts'
import type { AuthorityPlan } from './authority-plan.ts'
import { encodeTbs, newSerial } from './certificate-content.ts'

/** An authority with its private key as PKCS#8, which the caller overwrites once it is sealed. */
export type NewAuthority = { pkcs8: Bytes; key: KeyAlgorithm; certificateDer: Bytes }

/** Who signs an authority's certificate: itself, or the one above it. */
type Above = SigningKey & { certificateDer: Bytes }

type CaPlan = SigningKey & {
  subject: Bytes
  spki: Bytes
  /** How many authorities may follow below it (RFC 5280 section 4.2.1.9). */
  pathLength: number
  years: number
  now: Date
  above?: Above
}

/**
 * The certificate of an authority: may sign certificates and revocation lists, and nothing else (RFC 5280 section
 * 4.2.1.3). It never outlives the one above it.
 */
export async function certifyAuthority(plan: CaPlan): Promise<Bytes> {
  const above = plan.above ? readCertificate(plan.above.certificateDer) : null
  const own = keyIdentifier(plan.spki)
  const issuerId = above ? (above.facts.subjectKeyIdentifier ?? keyIdentifier(above.spki)) : own
  const extensions: NewExtension[] = [
    basicConstraints(true, plan.pathLength),
    keyUsage(['keyCertSign', 'cRLSign']),
    subjectKeyIdentifier(own),
    authorityKeyIdentifier(issuerId),
  ]
  const content = {
    subject: plan.subject,
    issuer: above?.subject ?? plan.subject,
    spki: plan.spki,
    serial: newSerial(),
    validity: yearsFrom(plan.now, plan.years, above?.facts.notAfter),
    extensions,
  }
  const signer = plan.above ?? plan
  return signDer(encodeTbs(content, signer.key), signer)
}

/** From five minutes ago to the same day in so many years. */
function yearsFrom(now: Date, years: number, notAfterAbove?: string): { from: Date; to: Date } {
  const { from, to } = validityOf(now, 0)
  to.setUTCFullYear(to.getUTCFullYear() + years)
  const last = notAfterAbove === undefined ? to : new Date(notAfterAbove)
  return { from, to: to > last ? last : to }
}

/** The name of a planned authority, in the order that certificates have. */
export function nameParts(
  { organization, country }: Pick<AuthorityPlan, 'organization' | 'country'>,
  commonName: string,
): NamePart[] {
  return [
    ...(country ? [{ type: 'C', value: country }] : []),
    ...(organization ? [{ type: 'O', value: organization }] : []),
    { type: 'CN', value: commonName },
  ]
}

/**
 * Makes the keys and certificates of a new authority: a root alone, which signs by itself and allows no authority below
 * it, or a root above the authority that signs. With `signal` it stops between the two keys.
 */
export async function makeAuthority(
  plan: AuthorityPlan,
  now: Date,
  signal?: AbortSignal,
): Promise<{ root: NewAuthority; issuing?: NewAuthority } | null> {
  const certified = async (commonName: string, pathLength: number, years: number, above?: Above) => {
    const { pkcs8, spki } = await generateKey(plan.key)
    const subject = encodeName(nameParts(plan, commonName))
    const certificateDer = await certifyAuthority({
      subject,
      key: plan.key,
      pkcs8,
      spki,
      pathLength,
      years,
      now,
      above,
    })
    return { pkcs8, key: plan.key, certificateDer }
  }
  const { issuing } = plan
  const root = await certified(plan.commonName, issuing ? 1 : 0, plan.years)
  if (signal?.aborted) return forget(root)
  if (!issuing) return { root }
  const below = await certified(issuing.commonName, 0, issuing.years, root)
  return signal?.aborted ? forget(root, below) : { root, issuing: below }
}

function forget(...made: NewAuthority[]): null {
  for (const { pkcs8 } of made) pkcs8.fill(0)
  return null
}
