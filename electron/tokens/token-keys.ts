import { readCertificate } from '../../shared/pki/certificate.ts'
import { der, derOf, hex, octets, orNull, Tag } from '../../shared/pki/der.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { type PublicKey, readPublicKey } from '../../shared/pki/spki.ts'
import type { Cryptoki, Session, Thing } from './cryptoki.ts'
import { attribute, keyType, object } from './cryptoki-numbers.ts'
import type { FoundKey } from './token-jobs.ts'

const curves: Record<string, KeyAlgorithm> = { prime256v1: 'ec-p256', secp384r1: 'ec-p384', secp521r1: 'ec-p521' }
const moduli: Record<number, KeyAlgorithm> = { 2048: 'rsa-2048', 3072: 'rsa-3072', 4096: 'rsa-4096' }

export function algorithmOf({ facts, readable }: PublicKey): KeyAlgorithm | undefined {
  if (!readable) return undefined
  if (facts.keyAlgorithm === 'RSA') return moduli[facts.keyBits ?? 0]
  return facts.keyAlgorithm === 'EC' ? curves[facts.curve ?? ''] : undefined
}

const rsaIdentifier = () => der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null())

/** The SubjectPublicKeyInfo, put together from the attributes of a public or private key. */
function spkiFromAttributes(cryptoki: Cryptoki, session: Session, key: Thing): Uint8Array | undefined {
  const read = (type: number) => {
    const value = cryptoki.read(session, key, type)
    return value && value.length > 0 ? new Uint8Array(value) : undefined
  }
  const whole = read(attribute.publicKeyInfo)
  if (whole && readPublicKey(whole)?.readable) return whole
  if (cryptoki.number(session, key, attribute.keyType) === keyType.rsa) {
    const [modulus, exponent] = [read(attribute.modulus), read(attribute.publicExponent)]
    if (!modulus || !exponent) return undefined
    return der.sequence(rsaIdentifier(), der.bitString(der.sequence(der.integer(modulus), der.integer(exponent))))
  }
  const [parameters, point] = [read(attribute.ecParams), read(attribute.ecPoint)]
  if (!parameters || !point) return undefined
  // The point in an OCTET STRING (PKCS #11 v2.40 section 2.3.3); older libraries give it bare, as v2.20 was read.
  const bare = orNull(() => {
    const node = derOf(point)
    if (node.id !== Tag.octetString) throw new RangeError('not wrapped')
    return octets(node)
  })
  const algorithm = der.sequence(der.oid('1.2.840.10045.2.1'), parameters)
  return der.sequence(algorithm, der.bitString(bare ?? point))
}

/** The public half: of the public key with the same id, of the private key itself, or of the certificate beside it. */
function spkiOf(cryptoki: Cryptoki, session: Session, key: Thing, id: Buffer): Uint8Array | undefined {
  const withId = (kind: number) =>
    cryptoki.find(session, [
      { type: attribute.class, value: kind },
      { type: attribute.id, value: id },
    ])[0]
  const beside = id.length > 0 ? withId(object.publicKey) : undefined
  const found = beside && spkiFromAttributes(cryptoki, session, beside)
  if (found) return found
  const own = spkiFromAttributes(cryptoki, session, key)
  if (own) return own
  const card = id.length > 0 ? withId(object.certificate) : undefined
  const content = card && cryptoki.read(session, card, attribute.value)
  return content ? readCertificate(new Uint8Array(content))?.spki : undefined
}

const kinds: Record<number, string> = { [keyType.rsa]: 'RSA', [keyType.ec]: 'EC', [keyType.ecEdwards]: 'Edwards curve' }

function kindOf(type: number | undefined, open: PublicKey | null): string {
  const { keyAlgorithm, keyBits, curve } = open?.facts ?? {}
  if (keyAlgorithm) return [keyAlgorithm, curve ?? keyBits].filter((part) => part !== undefined).join(' ')
  return kinds[type ?? -1] ?? 'of another kind'
}

export function describeKey(cryptoki: Cryptoki, session: Session, key: Thing): FoundKey {
  const truth = (type: number) => cryptoki.truth(session, key, type)
  const id = cryptoki.read(session, key, attribute.id) ?? Buffer.alloc(0)
  const spki = spkiOf(cryptoki, session, key, id)
  const open = spki ? readPublicKey(spki) : null
  const algorithm = open && truth(attribute.sign) ? algorithmOf(open) : undefined
  return {
    keyId: hex(id.subarray(0, 64)),
    label: cryptoki.read(session, key, attribute.label)?.toString('utf8').slice(0, 120) ?? '',
    ...(algorithm && { key: algorithm }),
    kind: kindOf(cryptoki.number(session, key, attribute.keyType), open),
    ...(open?.facts.spkiSha256 && { spkiSha256: open.facts.spkiSha256 }),
    neverLeft: truth(attribute.neverExtractable),
    extractable: truth(attribute.extractable),
    pinEachTime: truth(attribute.alwaysAuthenticate),
    ...(spki && { spki }),
  }
}

/** Private keys that have an id: without one a key cannot be named. */
export const privateKeys = (cryptoki: Cryptoki, session: Session, id?: Buffer): Thing[] =>
  cryptoki.find(session, [
    { type: attribute.class, value: object.privateKey },
    ...(id ? [{ type: attribute.id, value: id }] : []),
  ])

/** The private and the public key of an id. */
export const halvesOf = (cryptoki: Cryptoki, session: Session, id: Buffer): Thing[] =>
  [object.privateKey, object.publicKey].flatMap((kind) =>
    cryptoki.find(session, [
      { type: attribute.class, value: kind },
      { type: attribute.id, value: id },
    ]),
  )
