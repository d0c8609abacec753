import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { readCertificate } from './certificate.ts'
import type { Bytes } from './der.ts'
import { childrenOf, derOf, Tag, whole } from './der.ts'
import type { NewExtension, Purpose } from './extension-writer.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from './extension-writer.ts'
import type { NamePart } from './facts.ts'
import { encodeGeneralName, encodeName } from './name-writer.ts'
import type { CertificateRequest } from './request.ts'
import { readRequest } from './request.ts'
import type { PublicKey } from './spki.ts'
import { signatureFits } from './verify.ts'

/** What is asked of an authority. No `purposes` leaves the certificate good for all. Without `subject` and `subjectAltNames` the request's own are taken. */
export type IssueOrder = {
  certificateDer: Bytes
  requestDer: Bytes
  days: number
  now: Date
  subject?: readonly NamePart[]
  subjectAltNames?: readonly string[]
  purposes: readonly Purpose[]
}

/** What the certificate will say. `leftOut` are asked-for names of kinds that are not copied (`dirName`, `otherName`). */
export type Admitted = {
  subject: Bytes
  issuer: Bytes
  spki: Bytes
  validity: { from: Date; to: Date }
  extensions: NewExtension[]
  leftOut: string[]
}

const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])
const leastModulus = 2048
/** CAs ask for this exponent or a larger one (NIST SP 800-89 section 5.3.3): small ones have a history of attacks. */
const leastExponent = 65537n

const day = 86_400_000
/** Certificates begin five minutes ago: the other side's clock may be behind. */
const backDated = 5 * 60_000

/** When a certificate made now begins and ends, in whole seconds. */
export function validityOf(now: Date, days: number): { from: Date; to: Date } {
  const seconds = (time: number) => new Date(Math.floor(time / 1000) * 1000)
  return { from: seconds(now.getTime() - backDated), to: seconds(now.getTime() + days * day) }
}

/**
 * Decides what an authority certifies: the request is signed with its own key, the key is strong enough, somebody is
 * named, and the authority is one and still valid. The certificate never outlives it. Of the request only the key and
 * the names are taken; purpose, key usage and constraints are the authority's own.
 */
export async function admit(order: IssueOrder): Promise<Result<Admitted>> {
  const authority = readCertificate(order.certificateDer)
  const { notBefore, notAfter, isCa, subjectKeyIdentifier: ownId } = authority?.facts ?? {}
  if (!authority || !isCa || !notBefore || !notAfter) return refuse({ code: 'issue.authority-unfit' })
  const within = { from: new Date(notBefore), to: new Date(notAfter) }
  if (order.now < within.from || order.now >= within.to) return refuse({ code: 'issue.authority-over', notAfter })
  const request = readRequest(order.requestDer)
  if (!request) return refuse({ code: 'file.damaged', name: 'the request', what: 'signing request' })
  const weak = weakness(request.publicKey)
  if (weak) return refuse(weak)
  const proven = await signatureFits(request, request.publicKey)
  if (proven === null) return refuse({ code: 'issue.signature-unknown', algorithm: request.algorithm.name })
  if (!proven) return refuse({ code: 'issue.request-unproven' })
  const subject = order.subject ? encodeName(order.subject) : subjectOf(request)
  const asked = order.subjectAltNames ?? request.facts.subjectAltNames ?? []
  const names = asked.filter((name) => encodeGeneralName(name) !== null)
  const nameless = isEmpty(subject)
  if (nameless && names.length === 0) return refuse({ code: 'issue.nobody-named' })
  const wanted = validityOf(order.now, order.days)
  return ok({
    subject,
    issuer: authority.subject,
    spki: request.spki,
    validity: {
      from: wanted.from < within.from ? within.from : wanted.from,
      to: wanted.to > within.to ? within.to : wanted.to,
    },
    extensions: [
      basicConstraints(false),
      keyUsage(usagesOf(request.publicKey, order.purposes)),
      ...(order.purposes.length > 0 ? [extendedKeyUsage(order.purposes)] : []),
      subjectKeyIdentifier(keyIdentifier(request.spki)),
      authorityKeyIdentifier(ownId ?? keyIdentifier(authority.spki)),
      ...(names.length > 0 ? [subjectAltName(names, nameless)] : []),
    ],
    leftOut: asked.filter((name) => !names.includes(name)),
  })
}

/** The Name as it is encoded in the request. */
function subjectOf({ tbs }: CertificateRequest): Bytes {
  return whole(childrenOf(derOf(tbs), Tag.sequence)[1]!)
}

const isEmpty = (name: Bytes): boolean => name.length === 2

/** RSA key transport of TLS 1.2 needs its own bit at a server; all else signs. */
function usagesOf(key: PublicKey, purposes: readonly Purpose[]) {
  const transports = key.facts.keyAlgorithm === 'RSA' && purposes.includes('serverAuth')
  return transports ? (['digitalSignature', 'keyEncipherment'] as const) : (['digitalSignature'] as const)
}

function weakness({ facts, exponent, readable }: PublicKey) {
  const { keyAlgorithm: type = '', keyBits = 0, curve } = facts
  if (!readable) return { code: 'file.damaged', name: 'the request', what: 'public key' } as const
  if (type === 'RSA') {
    if (keyBits < leastModulus)
      return { code: 'issue.key-weak', key: `RSA ${keyBits}`, least: `RSA ${leastModulus}` } as const
    const weak = exponent === undefined || exponent < leastExponent || exponent % 2n === 0n
    return weak
      ? ({
          code: 'issue.key-weak',
          key: `RSA with exponent ${exponent ?? 'of unusual size'}`,
          least: 'exponent 65537',
        } as const)
      : null
  }
  if (type === 'Ed25519' || (type === 'EC' && curves.has(curve ?? ''))) return null
  return { code: 'key.type-unsupported', name: 'the request', type: curve ? `${type} ${curve}` : type } as const
}
