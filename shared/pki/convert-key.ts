import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import type { Item } from './convert-items.ts'
import type { Bytes, DerNode } from './der.ts'
import { children, content, der, derOf, expect, orNull, Tag, whole } from './der.ts'
import { pemBlocks, toPem } from './pem.ts'
import type { OpenedKey } from './pkcs8.ts'
import { sealPkcs8 } from './pkcs8.ts'
import { readParts } from './private-key.ts'

/** How a private key is written. */
export type KeyHow = {
  /** Protects what is written. */
  passphrase?: string
  /** It was asked for by name that a protected key lies in the clear. */
  inTheClear: boolean
  to: string
}

/** A private key as a block: as it is, or sealed anew, or in another form. */
export async function keyBlock(item: Item, how: KeyHow): Promise<Result<string>> {
  const { key, pem } = item
  if (!key) return refuse({ code: 'convert.key-exposed' })
  const changesForm = how.to === 'pkcs8' || how.to === 'pkcs1' || how.to === 'sec1'
  const changesProtection = how.passphrase !== undefined || (how.inTheClear && key.wasProtected)
  if (pem !== null && !changesForm && !changesProtection) return ok(pem)
  if (how.passphrase === undefined && key.wasProtected && !how.inTheClear)
    return refuse({ code: 'convert.key-exposed' })
  const opened = await key.open()
  if (!opened.ok) return opened
  if (how.to === 'pkcs1' || how.to === 'sec1') return olderForm(opened.value, how)
  if (how.passphrase !== undefined) return ok(await sealPkcs8(opened.value.pkcs8, how.passphrase))
  return ok(toPem('PRIVATE KEY', opened.value.pkcs8))
}

/** The same without lines. What is protected by headers of its PEM block has no such form. */
export async function keyDer(item: Item, how: KeyHow): Promise<Result<Bytes>> {
  const block = await keyBlock(item, how)
  if (!block.ok) return block
  const [read] = pemBlocks(block.value).filter(({ label }) => /PRIVATE KEY$/.test(label))
  if (read && Object.keys(read.headers).length === 0 && read.label !== 'OPENSSH PRIVATE KEY') return ok(read.der)
  return refuse({ code: 'convert.key-exposed' })
}

/** PKCS#1 of an RSA key, SEC1 of an EC key: both lie in the clear. */
function olderForm({ pkcs8, facts }: OpenedKey, { to, passphrase }: KeyHow): Result<string> {
  const found = `a key of type ${facts.keyAlgorithm ?? 'unknown'}`
  if (passphrase !== undefined) return refuse({ code: 'convert.no-protection', to })
  const parts = readParts(pkcs8)
  if (to === 'pkcs1' && parts?.oid === '1.2.840.113549.1.1.1') return ok(toPem('RSA PRIVATE KEY', parts.key))
  const sec1 =
    to === 'sec1' && parts?.oid === '1.2.840.10045.2.1' ? orNull(() => withCurve(parts.key, parts.parameters)) : null
  return sec1 ? ok(toPem('EC PRIVATE KEY', sec1)) : refuse({ code: 'convert.nothing-for', to, found })
}

/** SEC1 names the curve itself (RFC 5915 section 3), which PKCS#8 leaves to its algorithm. Throws `DerFault`. */
function withCurve(key: Bytes, parameters: DerNode | undefined): Bytes {
  const parts = children(expect(derOf(key), Tag.sequence))
  const secret = content(expect(parts[1], Tag.octetString))
  const point = parts.find(({ id }) => id === 0xa1)
  return der.sequence(
    der.integer(1),
    der.octetString(secret),
    ...(parameters ? [der.context(0, whole(parameters))] : []),
    ...(point ? [whole(point)] : []),
  )
}
