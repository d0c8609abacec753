import type { CertificateContent } from '../authority/certificate-content.ts'
import { encodeTbs, newSerial } from '../authority/certificate-content.ts'
import { type Certificate, readCertificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import type { NewExtension, Purpose } from '../pki/extension-writer.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  subjectKeyIdentifier,
} from '../pki/extension-writer.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import { generateKey } from '../pki/keys.ts'
import { encodeName } from '../pki/name-writer.ts'
import { extensionsIn } from '../pki/path/raw-extensions.ts'
import { pemBlocks, toPem } from '../pki/pem.ts'
import { signDer } from '../pki/sign-der.ts'
import { ok, type Result } from '../result.ts'
import type { DoorCase } from './door-report.ts'
import type { NotAtHand } from './door-rows.ts'

/** Key and certificates as a TLS library takes them. The key of a throw-away lives as long as its check. */
export type DoorIdentity = { certificatePem: string; chainPem: string[]; keyPem: string }

/** The authority that the door trusts, where its key can sign here. */
export type DoorAuthority = {
  certificateDer: Bytes
  /** What is sent above a certificate that it issues, nearest first. */
  chainPem: string[]
  /** Signs what is decided here, octet for octet. */
  sign(content: CertificateContent): Promise<Result<Bytes>>
}

/** What is at hand. Names of what is forged are taken from the right certificate, or from `like`. */
export type DoorMaterial = {
  right?: DoorIdentity
  authority?: DoorAuthority
  /** Where only the certificate of the right one's issuer is known. */
  issuerDer?: Bytes
  /** A certificate whose subject and alternative names the throw-aways get: what a pinning door looks for. */
  likeDer?: Bytes
  revoked?: DoorIdentity
  /** Also try another name from the right authority. */
  pinned: boolean
}

export type ThrowAways = { identities: Map<DoorCase, DoorIdentity>; notAtHand: NotAtHand }

const day = 86_400_000
const minute = 60_000
const noSigning = 'It takes the key of the authority that the door trusts, which is not here.'

/**
 * Makes the certificates of a check. Those of strangers are signed by keys made here; those that only the right authority
 * can issue are signed by it, end within the hour where they are valid at all, and their one key is kept nowhere.
 */
export async function makeThrowAways(material: DoorMaterial, now: Date): Promise<Result<ThrowAways>> {
  const { right, authority, revoked, pinned } = material
  const maker = await createMaker(material, now)
  const identities = new Map<DoorCase, DoorIdentity>([
    ['self-signed', await maker.selfSigned()],
    ['other-ca', await maker.byStranger()],
  ])
  const namesake = await maker.byNamesake()
  if (namesake) identities.set('same-name-ca', namesake)
  if (revoked) identities.set('revoked', revoked)
  if (right) identities.set('right', right)
  if (authority) {
    const wishes = wishesAt(now).filter(
      ({ case: one }) => (one !== 'right' || !right) && (one !== 'other-subject' || pinned),
    )
    for (const { case: one, ...wish } of wishes) {
      const made = await maker.byRight(authority, wish)
      if (!made.ok) return made
      identities.set(one, made.value)
    }
  }
  return ok({ identities, notAtHand: missing(identities, material) })
}

type Wish = { from: Date; to: Date; purpose: Purpose; otherName?: boolean }

function wishesAt(now: Date): (Wish & { case: DoorCase })[] {
  const at = (ms: number) => new Date(Math.floor((now.getTime() + ms) / 1000) * 1000)
  const present = { from: at(-5 * minute), to: at(60 * minute) }
  return [
    { case: 'right', ...present, purpose: 'clientAuth' },
    { case: 'expired', from: at(-30 * day), to: at(-day), purpose: 'clientAuth' },
    { case: 'not-yet-valid', from: at(30 * day), to: at(30 * day + 60 * minute), purpose: 'clientAuth' },
    { case: 'server-only', ...present, purpose: 'serverAuth' },
    { case: 'other-subject', ...present, purpose: 'clientAuth', otherName: true },
  ]
}

function missing(identities: ReadonlyMap<DoorCase, DoorIdentity>, { authority }: DoorMaterial): NotAtHand {
  const reasons: NotAtHand = {
    'same-name-ca': 'It takes the certificate of the authority that the door trusts.',
    expired: noSigning,
    'not-yet-valid': noSigning,
    'server-only': noSigning,
    revoked: authority
      ? 'The authority has no revoked certificate with a key here: have one prepared, and load the new list.'
      : 'No revoked certificate was given.',
    'other-subject': noSigning,
    right: 'No certificate was given that must be let in.',
  }
  return Object.fromEntries(Object.entries(reasons).filter(([one]) => !identities.has(one as DoorCase)))
}

/** What the forged ones are like: whom they name, and whom they name as their issuer. */
async function createMaker(material: DoorMaterial, now: Date) {
  const model = modelOf(material)
  const [leaf, stranger] = await Promise.all([generateKey(model.key), generateKey(model.key)])
  const keyPem = toPem('PRIVATE KEY', leaf.pkcs8)
  const present = { from: new Date(now.getTime() - day), to: new Date(now.getTime() + day) }
  const contentOf = (issuer: Bytes, issuerId: string, wish: Wish): CertificateContent => ({
    subject: wish.otherName ? encodeName([{ type: 'CN', value: 'another-client.countersign.example' }]) : model.subject,
    issuer,
    spki: leaf.spki,
    serial: newSerial(),
    validity: { from: wish.from, to: wish.to },
    extensions: [
      basicConstraints(false),
      keyUsage(['digitalSignature']),
      extendedKeyUsage([wish.purpose]),
      subjectKeyIdentifier(keyIdentifier(leaf.spki)),
      authorityKeyIdentifier(issuerId),
      ...(wish.otherName ? [] : model.names),
    ],
  })
  const identity = (der: Bytes, chainPem: string[]): DoorIdentity => ({
    certificatePem: toPem('CERTIFICATE', der),
    chainPem,
    keyPem,
  })
  const usual: Wish = { ...present, purpose: 'clientAuth' }

  /** A leaf from an authority made here, which bears this name and key identifier and is sent along. */
  async function forgedBy(name: Bytes, id: string): Promise<DoorIdentity> {
    const { key } = model
    const above: CertificateContent = {
      subject: name,
      issuer: name,
      spki: stranger.spki,
      serial: newSerial(),
      validity: present,
      extensions: [basicConstraints(true), keyUsage(['keyCertSign', 'cRLSign']), subjectKeyIdentifier(id)],
    }
    const signer = { pkcs8: stranger.pkcs8, key }
    const authority = await signDer(encodeTbs(above, key), signer)
    const der = await signDer(encodeTbs(contentOf(name, id, usual), key), signer)
    return identity(der, [toPem('CERTIFICATE', authority)])
  }

  return {
    async selfSigned() {
      const content = contentOf(model.subject, keyIdentifier(leaf.spki), usual)
      const der = await signDer(encodeTbs(content, model.key), { pkcs8: leaf.pkcs8, key: model.key })
      return identity(der, [])
    },
    byStranger: () =>
      forgedBy(encodeName([{ type: 'CN', value: 'Countersign door check: another CA' }]), keyIdentifier(stranger.spki)),
    byNamesake: async () => (model.issuer ? forgedBy(model.issuer, model.issuerId) : null),
    async byRight(authority: DoorAuthority, wish: Wish): Promise<Result<DoorIdentity>> {
      const own = readCertificate(authority.certificateDer)!
      const signed = await authority.sign(contentOf(own.subject, identifierOf(own), wish))
      return signed.ok ? ok(identity(signed.value, authority.chainPem)) : signed
    },
  }
}

type Model = { subject: Bytes; names: NewExtension[]; key: KeyAlgorithm; issuer?: Bytes; issuerId: string }

function modelOf({ right, authority, issuerDer, likeDer }: DoorMaterial): Model {
  const like = likeDer ? readCertificate(likeDer) : right && certificateIn(right.certificatePem)
  const above = authority?.certificateDer ?? issuerDer
  const issuer = above ? readCertificate(above) : null
  const rightOne = right && certificateIn(right.certificatePem)
  const kind = (rightOne ?? issuer)?.publicKey.facts.keyAlgorithm
  const id = issuer ? identifierOf(issuer) : rightOne?.facts.authorityKeyIdentifier
  const name = issuer?.subject ?? (rightOne?.facts.selfSigned ? undefined : rightOne?.issuer)
  return {
    subject: like?.subject ?? encodeName([{ type: 'CN', value: 'countersign-door-check' }]),
    names: like ? extensionsIn(like.tbs, 0xa3).filter(({ oid }) => oid === '2.5.29.17') : [],
    // A server that takes RSA alone, or EC alone, would otherwise refuse the kind of key and not the certificate.
    key: kind === 'RSA' ? 'rsa-2048' : 'ec-p256',
    ...(name && { issuer: name }),
    issuerId: id ?? '00',
  }
}

const certificateIn = (pem: string): Certificate | null => {
  const [block] = pemBlocks(pem)
  return block ? readCertificate(block.der) : null
}

const identifierOf = ({ facts, spki }: Certificate): string => facts.subjectKeyIdentifier ?? keyIdentifier(spki)
