import { newSerial } from '../authority/certificate-content.ts'
import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import type { Bytes } from './der.ts'
import { sameBytes } from './der.ts'
import type { NewExtension } from './extension-writer.ts'
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
import type { IssueOrder } from './issue.ts'
import { admit, validityOf } from './issue.ts'
import type { KeyAlgorithm } from './key-plan.ts'
import { generateKey, signingAlgorithms } from './keys.ts'
import { encodeName } from './name-writer.ts'
import { toPem } from './pem.ts'
import { rawSignature, type SigningKey, spkiOfKey } from './signing-key.ts'

/**
 * Requests and certificates that are written here: the fence around @peculiar/x509, which builds and signs them. It is
 * loaded when first needed, because it takes longer than everything else at start-up together.
 */
async function library() {
  // Its decorators need the metadata store of this one, which must come first.
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/** Loads the library ahead of its first use; called beside a key generation, it costs no time of its own. */
export async function prepareX509(): Promise<void> {
  await library()
}

/** A file as DER and as the PEM that people send. */
export type Written = { der: Bytes; pem: string }

const written = (label: string, raw: ArrayBuffer): Written => {
  const der = new Uint8Array(raw)
  return { der, pem: toPem(label, der) }
}

/**
 * What the library signs with. It wants a key and a `crypto` of WebCrypto's: the key only names its kind, and whatever
 * is asked to be signed goes to the signer.
 */
function signerOf(signer: SigningKey): { key: CryptoKey; crypto: Crypto } {
  const algorithm = signingAlgorithms[signer.key]
  const subtle = {
    exportKey: () => spkiOfKey(signer).then((spki) => spki.slice().buffer),
    sign: async (_how: unknown, _key: unknown, part: ArrayBuffer) =>
      (await rawSignature(signer, new Uint8Array(part))).slice().buffer,
  }
  return { key: { algorithm } as unknown as CryptoKey, crypto: { subtle } as unknown as Crypto }
}

/** Extensions in the library's form. */
async function extensionsFor(extensions: readonly NewExtension[]) {
  const { Extension } = await library()
  return extensions.map(({ oid, critical, value }) => new Extension(oid, critical, value as BufferSource))
}

/**
 * A certificate signing request (PKCS#10, RFC 2986), signed by its own key. The subject keeps its order. It asks for
 * subject alternative names and for nothing else: the authority sets key usage and purpose by its own rules, and
 * some refuse requests that ask for them.
 */
export async function buildRequest(
  plan: SigningKey & {
    subject: readonly NamePart[]
    /** `DNS:…`, `IP:…`, `email:…`, `URI:…`, checked before: see `encodeGeneralName`. */
    subjectAltNames: readonly string[]
  },
): Promise<Written> {
  const { Name, Pkcs10CertificateRequestGenerator } = await library()
  const { key, crypto } = signerOf(plan)
  const names = plan.subjectAltNames
  const request = await Pkcs10CertificateRequestGenerator.create(
    {
      name: new Name(encodeName(plan.subject) as BufferSource),
      keys: { privateKey: key, publicKey: key },
      signingAlgorithm: signingAlgorithms[plan.key],
      extensions: names.length > 0 ? await extensionsFor([subjectAltName(names, plan.subject.length === 0)]) : [],
    },
    crypto,
  )
  return written('CERTIFICATE REQUEST', request.rawData)
}

/** What a certificate says, and who signs it. Names are DER, and are written octet for octet. */
type CertificatePlan = {
  subject: Bytes
  issuer: Bytes
  spki: Bytes
  validity: { from: Date; to: Date }
  extensions: readonly NewExtension[]
  signer: SigningKey
}

/** Signs a certificate (X.509 v3). `null` when a name is not DER that could be written again as it was. */
async function signCertificate(plan: CertificatePlan): Promise<Written | null> {
  const { Name, X509CertificateGenerator } = await library()
  const nameFrom = (der: Bytes) => {
    try {
      const name = new Name(der as BufferSource)
      return sameBytes(new Uint8Array(name.toArrayBuffer()), der) ? name : null
    } catch {
      return null
    }
  }
  const subject = nameFrom(plan.subject)
  const issuer = nameFrom(plan.issuer)
  if (!subject || !issuer) return null
  const { key, crypto } = signerOf(plan.signer)
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: newSerial(),
      subject,
      issuer,
      notBefore: plan.validity.from,
      notAfter: plan.validity.to,
      publicKey: plan.spki as BufferSource,
      signingKey: key,
      signingAlgorithm: signingAlgorithms[plan.signer.key],
      extensions: await extensionsFor(plan.extensions),
    },
    crypto,
  )
  return written('CERTIFICATE', certificate.rawData)
}

async function signOwn(
  own: SigningKey & { subject: readonly NamePart[]; days: number; now: Date },
  extensions: (spki: Bytes) => NewExtension[],
): Promise<Written> {
  const spki = await spkiOfKey(own)
  const name = encodeName(own.subject)
  const certificate = await signCertificate({
    subject: name,
    issuer: name,
    spki,
    validity: validityOf(own.now, own.days),
    extensions: extensions(spki),
    signer: own,
  })
  if (!certificate) throw new Error('a name that was written here')
  return certificate
}

/** A self-signed client certificate, for providers that take the certificate itself in place of a request. */
export function selfSign(
  plan: SigningKey & { subject: readonly NamePart[]; subjectAltNames: readonly string[]; days: number; now: Date },
): Promise<Written> {
  const names = plan.subjectAltNames
  return signOwn(plan, (spki) => [
    basicConstraints(false),
    keyUsage(['digitalSignature']),
    extendedKeyUsage(['clientAuth']),
    subjectKeyIdentifier(keyIdentifier(spki)),
    ...(names.length > 0 ? [subjectAltName(names, plan.subject.length === 0)] : []),
  ])
}

/** An authority's key and certificate, as `issueFromRequest` takes them. */
export type Authority = SigningKey & { certificateDer: Bytes }

/** A new authority: its own key and a self-signed certificate that may sign certificates and revocation lists. */
export async function createAuthority(plan: {
  commonName: string
  key: KeyAlgorithm
  days: number
  now: Date
}): Promise<{ pkcs8: Bytes; key: KeyAlgorithm; certificateDer: Bytes; pem: string }> {
  const [{ pkcs8 }] = await Promise.all([generateKey(plan.key), prepareX509()])
  const subject = [{ type: 'CN', value: plan.commonName }]
  const { der, pem } = await signOwn({ ...plan, pkcs8, subject }, (spki) => [
    basicConstraints(true),
    keyUsage(['keyCertSign', 'cRLSign']),
    subjectKeyIdentifier(keyIdentifier(spki)),
    authorityKeyIdentifier(keyIdentifier(spki)),
  ])
  return { pkcs8, certificateDer: der, key: plan.key, pem }
}

/**
 * Issues a certificate for a signing request that came from anywhere. Refusals: `file.damaged`, `key.type-unsupported`,
 * `issue.key-weak`, `issue.request-unproven`, `issue.signature-unknown`, `issue.nobody-named`, `issue.authority-over`,
 * `issue.authority-unfit`. `leftOut` are names that were asked for and not copied, because of their kind.
 */
export async function issueFromRequest(
  order: Omit<IssueOrder, 'certificateDer'> & { authority: Authority },
): Promise<Result<Written & { leftOut: string[] }>> {
  const admitted = await admit({ ...order, certificateDer: order.authority.certificateDer })
  if (!admitted.ok) return admitted
  const { leftOut, ...plan } = admitted.value
  const certificate = await signCertificate({ ...plan, signer: order.authority })
  if (!certificate) return refuse({ code: 'file.damaged', name: 'the request', what: 'name' })
  return ok({ ...certificate, leftOut })
}
