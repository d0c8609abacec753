import { createHash, randomBytes } from 'node:crypto'
import { der } from '../../shared/pki/der.ts'
import { keyIdentifier } from '../../shared/pki/extension-writer.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { signingAlgorithms } from '../../shared/pki/keys.ts'
import type { Cryptoki, Session, Slot, Template, Thing } from './cryptoki.ts'
import { Refused } from './cryptoki.ts'
import { attribute, can, keyType, mechanism, object } from './cryptoki-numbers.ts'
import { describeKey } from './token-keys.ts'

const rsaBits: Partial<Record<KeyAlgorithm, number>> = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 }
const curveBits: Partial<Record<KeyAlgorithm, number>> = { 'ec-p256': 256, 'ec-p384': 384 }
const curveOids: Partial<Record<KeyAlgorithm, string>> = { 'ec-p256': '1.2.840.10045.3.1.7', 'ec-p384': '1.3.132.0.34' }

/** What this token makes of what the app offers, by the mechanisms and sizes that it names. */
export function makesOf(cryptoki: Cryptoki, slot: Slot): KeyAlgorithm[] {
  let known: number[]
  try {
    known = cryptoki.mechanisms(slot)
  } catch {
    return []
  }
  const within = (kind: number, sizes: Partial<Record<KeyAlgorithm, number>>) => {
    if (!known.includes(kind)) return []
    try {
      const { minKeySize, maxKeySize, flags } = cryptoki.mechanism(slot, kind)
      if ((flags & can.makePair) === 0) return []
      // Some libraries give no sizes.
      const fits = (bits: number) => maxKeySize === 0 || (bits >= minKeySize && bits <= maxKeySize)
      return (Object.keys(sizes) as KeyAlgorithm[]).filter((key) => fits(sizes[key] ?? 0))
    } catch {
      return []
    }
  }
  return [...within(mechanism.ecMake, curveBits), ...within(mechanism.rsaMake, rsaBits)]
}

/** Makes a pair that stays in the token. Its id is the hash that certificates name keys by (RFC 5280 section 4.2.1.2). */
export function makeKey(cryptoki: Cryptoki, session: Session, key: KeyAlgorithm, label: string) {
  const first = randomBytes(20)
  const curve = curveOids[key]
  const named: Template = [
    { type: attribute.token, value: true },
    { type: attribute.label, value: Buffer.from(label, 'utf8') },
    { type: attribute.id, value: first },
    { type: attribute.keyType, value: curve ? keyType.ec : keyType.rsa },
  ]
  const kind: Template = curve
    ? [{ type: attribute.ecParams, value: Buffer.from(der.oid(curve)) }]
    : [
        { type: attribute.modulusBits, value: rsaBits[key] ?? 0 },
        { type: attribute.publicExponent, value: Buffer.of(1, 0, 1) },
      ]
  const { publicKey, privateKey } = cryptoki.makePair(
    session,
    curve ? mechanism.ecMake : mechanism.rsaMake,
    [
      { type: attribute.class, value: object.publicKey },
      ...named,
      { type: attribute.private, value: false },
      { type: attribute.verify, value: true },
      ...kind,
    ],
    [
      { type: attribute.class, value: object.privateKey },
      ...named,
      { type: attribute.private, value: true },
      { type: attribute.sensitive, value: true },
      { type: attribute.extractable, value: false },
      { type: attribute.sign, value: true },
    ],
  )
  const made = describeKey(cryptoki, session, privateKey)
  if (made.spki)
    renameBoth(cryptoki, session, [publicKey, privateKey], Buffer.from(keyIdentifier(made.spki), 'hex'), first)
  return describeKey(cryptoki, session, privateKey)
}

/** Both halves or none: they are found together by their id. Tokens that allow no change keep the random one. */
function renameBoth(cryptoki: Cryptoki, session: Session, keys: Thing[], id: Buffer, before: Buffer) {
  const done: Thing[] = []
  try {
    for (const key of keys) {
      cryptoki.rename(session, key, id)
      done.push(key)
    }
  } catch {
    for (const key of done) cryptoki.rename(session, key, before)
  }
}

/** DigestInfo of SHA-256 (RFC 8017 section 9.2, note 1), for tokens that only pad. */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex')

const ecdsaWithHash: Record<string, number | undefined> = {
  'SHA-256': mechanism.ecdsaSha256,
  'SHA-384': mechanism.ecdsaSha384,
}

/** Signs with what the token offers: hashing is left to it for RSA where it can, and done here for ECDSA. */
export function signWith(
  cryptoki: Cryptoki,
  { slot, session, pin }: { slot: Slot; session: Session; pin: string | null | undefined },
  key: Thing,
  algorithm: KeyAlgorithm,
  part: Uint8Array,
): Uint8Array {
  const known = cryptoki.mechanisms(slot)
  const { name, hash = 'SHA-256' } = signingAlgorithms[algorithm]
  const digest = () => createHash(hash.replace('-', '')).update(part).digest()
  const sign = (kind: number, data: Buffer) => new Uint8Array(cryptoki.sign(session, kind, key, data, pin))
  if (name === 'ECDSA') {
    const whole = ecdsaWithHash[hash]
    if (known.includes(mechanism.ecdsa) || whole === undefined) return sign(mechanism.ecdsa, digest())
    return sign(whole, Buffer.from(part))
  }
  if (name !== 'RSASSA-PKCS1-v1_5') throw new Refused(0, 'CKR_MECHANISM_INVALID')
  return known.includes(mechanism.sha256Rsa)
    ? sign(mechanism.sha256Rsa, Buffer.from(part))
    : sign(mechanism.rsa, Buffer.concat([sha256Info, digest()]))
}
