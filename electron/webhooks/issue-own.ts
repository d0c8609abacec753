import { encodeTbs, newSerial } from '../../shared/authority/certificate-content.ts'
import { fieldsOf } from '../../shared/authority/certificate-fields.ts'
import { der } from '../../shared/pki/der.ts'
import type { Purpose } from '../../shared/pki/extension-writer.ts'
import type { NamePart } from '../../shared/pki/facts.ts'
import { admit } from '../../shared/pki/issue.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { signatureIdentifier } from '../../shared/pki/sign-der.ts'
import { buildRequest, issueFromRequest } from '../../shared/pki/x509.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { issue } from '../authority/issue.ts'
import type { SigningMeans } from '../authority/signers.ts'
import type { SigningAuthority } from '../practice/practice-authority.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'

/** A certificate that the app makes for itself: the listener’s, or that of a provider it plays. */
export type OwnWish = {
  subject: readonly NamePart[]
  subjectAltNames: readonly string[]
  purpose: Purpose
  days: number
  /** What the book calls it. */
  name: string
  provider?: string
}

/** A new key with its certificate. The chain is what goes above it in a handshake, without roots. */
export type OwnCertificate = { pkcs8: Uint8Array; certificatePem: string; chainPem: string[] }

/** What every TLS library takes, and made in a millisecond. */
const key = 'ec-p256' as const

async function requestFor({ subject, subjectAltNames }: OwnWish) {
  const { pkcs8 } = await generateKey(key)
  return { pkcs8, request: await buildRequest({ pkcs8, key, subject, subjectAltNames }) }
}

/** By an authority of the vault, through whatever signs for it; the certificate is in its book. */
export async function issueByAuthority(
  means: SigningMeans,
  authority: AuthorityRecord,
  wish: OwnWish,
): Promise<Result<OwnCertificate>> {
  const certificateDer = pemBlocks(authority.certificatePem)[0]?.der
  if (!certificateDer) return refuse({ code: 'issue.authority-unfit' })
  const { pkcs8, request } = await requestFor(wish)
  const order = { certificateDer, requestDer: request.der, days: wish.days, now: means.now(), purposes: [wish.purpose] }
  const admitted = await admit(order)
  if (!admitted.ok) return admitted
  const { leftOut: _, ...decided } = admitted.value
  const content = { ...decided, serial: newSerial() }
  const kind = authority.key ?? key
  // As it will be, but for the signature: what it says is compared with what comes back.
  const unsigned = der.sequence(encodeTbs(content, kind), signatureIdentifier(kind), der.bitString(new Uint8Array(1)))
  const issued = await issue(means, {
    authority,
    requestDer: request.der,
    requestPem: request.pem,
    content,
    fields: fieldsOf(unsigned) ?? [],
    entry: { name: wish.name, ...(wish.provider !== undefined && { provider: wish.provider }) },
  })
  if (!issued.ok) return issued
  const above = [authority.certificatePem, ...authority.chainPem]
  const chainPem = authority.kind === 'root' ? [] : above.slice(0, Math.max(1, above.length - 1))
  return ok({ pkcs8, certificatePem: issued.value.record.certificatePem ?? '', chainPem })
}

/** By an authority of the practice provider: nobody but this app trusts it. */
export async function issueByPractice(authority: SigningAuthority, wish: OwnWish, now: Date): Promise<OwnCertificate> {
  const { pkcs8, request } = await requestFor(wish)
  const issued = await issueFromRequest({
    authority,
    requestDer: request.der,
    days: wish.days,
    now,
    purposes: [wish.purpose],
  })
  if (!issued.ok) throw new Error(`the practice authority cannot sign: ${issued.problem.code}`)
  return { pkcs8, certificatePem: issued.value.pem, chainPem: [] }
}

export const keyPemOf = ({ pkcs8 }: OwnCertificate): string => toPem('PRIVATE KEY', pkcs8)
