import type { Budget } from './budget.ts'
import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, DerFault, expect, hex, octets, orNull, present, readDer, Tag, whole } from './der.ts'
import { oidOf, textOf, visible } from './der-values.ts'
import type { Password } from './passwords.ts'
import { readProtection } from './pbe.ts'
import type { Protection, Unsupported } from './protection.ts'
import type { Unlocked } from './sealing.ts'
import { unlock } from './sealing.ts'

/** What a PKCS#12 file holds, once open. Names are fit to show. */
export type Pkcs12Key = { pkcs8: Bytes; friendlyName?: string; localKeyId?: string }
export type Pkcs12Certificate = { der: Bytes; friendlyName?: string; localKeyId?: string }
export type Pkcs12Contents = {
  keys: Pkcs12Key[]
  certificates: Pkcs12Certificate[]
  crls: Bytes[]
  /** Friendly names of secrets of other kinds (Java's secret keys and passwords); empty where they have none. */
  secrets: string[]
}

/** One ContentInfo of the authenticated safe: bags in the clear, or encrypted as a whole. */
export type Safe = { bags: DerNode } | { protection: Protection | Unsupported; data: Bytes }

/** Why opening stopped, thrown within the readers of this format only. */
export class Stop extends Error {
  readonly why: 'wrong' | 'damaged' | { unsupported: string }
  constructor(why: Stop['why']) {
    super('stopped')
    this.why = why
  }
}

export const dataType = '1.2.840.113549.1.7.1'
export const encryptedDataType = '1.2.840.113549.1.7.6'
export const bagType = '1.2.840.113549.1.12.10.1.'

/** Real stores of trusted certificates hold a few hundred. */
const maxBags = 20_000
/** SafeContents bags inside each other. */
const maxNesting = 8

/** Reads the AuthenticatedSafe (RFC 7292 section 4.1). Throws `DerFault`. */
export function readSafes(content: Bytes): Safe[] {
  return childrenOf(present(readDer(content) ?? undefined), Tag.sequence).map((info) => {
    const [type, explicit] = childrenOf(info, Tag.sequence)
    const oid = oidOf(present(type))
    const value = present(children(present(explicit))[0])
    if (oid === dataType) return { bags: present(readDer(octets(value)) ?? undefined) }
    // EnvelopedData is encrypted to a certificate instead of a passphrase; no program is known to write it.
    if (oid !== encryptedDataType) return { protection: { unsupported: 'a certificate' }, data: new Uint8Array(0) }
    const [, content] = childrenOf(value, Tag.sequence)
    const [, algorithm, encrypted] = childrenOf(content, Tag.sequence)
    if (!encrypted || (encrypted.id !== 0x80 && encrypted.id !== 0xa0)) throw new DerFault('no content')
    return { protection: readProtection(present(algorithm)), data: octets(encrypted) }
  })
}

/** How the keys lying in the clear part are encrypted; for telling what is known without the passphrase. */
export function shroudedKeys(bags: DerNode): (Protection | Unsupported)[] {
  return childrenOf(bags, Tag.sequence).flatMap((bag) => {
    const [type, explicit] = childrenOf(bag, Tag.sequence)
    if (oidOf(present(type)) !== `${bagType}2`) return []
    const [algorithm] = childrenOf(children(present(explicit))[0], Tag.sequence)
    return [readProtection(present(algorithm))]
  })
}

/** Opens with the first password that fits, in the order given. Throws `Stop`. */
async function open(
  protection: Protection | Unsupported,
  encrypted: Bytes,
  passwords: readonly Password[],
  budget: Budget,
  fits: (bytes: Bytes) => boolean,
): Promise<Bytes> {
  if ('unsupported' in protection) throw new Stop(protection)
  for (const password of passwords) {
    const opened: Unlocked = await unlock(protection, password, encrypted, budget)
    if (opened === 'costly') throw new Stop({ unsupported: protection.label })
    if (opened === 'damaged') throw new Stop(opened)
    if (opened !== 'wrong' && fits(opened)) return opened
  }
  throw new Stop('wrong')
}

const isSequence = (bytes: Bytes): boolean => readDer(bytes)?.id === Tag.sequence

/** Everything in the safes, which are opened beside each other: each may take a derivation. Throws `DerFault` and `Stop`. */
export async function openSafes(
  safes: Safe[],
  passwords: readonly Password[],
  budget: Budget,
): Promise<Pkcs12Contents> {
  let count = 0
  const collect = async (found: Pkcs12Contents, bags: DerNode, nesting: number): Promise<void> => {
    for (const bag of childrenOf(bags, Tag.sequence)) {
      if (++count > maxBags || nesting > maxNesting) throw new DerFault('too many bags')
      const [type, explicit, attributes] = childrenOf(bag, Tag.sequence)
      const oid = oidOf(present(type))
      const value = present(children(present(explicit))[0])
      const names = attributes ? namesOf(attributes) : {}
      if (oid === `${bagType}1`) found.keys.push({ pkcs8: whole(value), ...names })
      else if (oid === `${bagType}2`) {
        const [algorithm, encrypted] = childrenOf(value, Tag.sequence)
        const protection = readProtection(present(algorithm))
        const pkcs8 = await open(protection, octets(present(encrypted)), passwords, budget, isSequence)
        found.keys.push({ pkcs8, ...names })
      } else if (oid === `${bagType}3`) {
        const certificate = typed(value, '1.2.840.113549.1.9.22.1')
        if (certificate) found.certificates.push({ der: certificate, ...names })
      } else if (oid === `${bagType}4`) {
        const crl = typed(value, '1.2.840.113549.1.9.23.1')
        if (crl) found.crls.push(crl)
      } else if (oid === `${bagType}5`) found.secrets.push(names.friendlyName ?? '')
      else if (oid === `${bagType}6`) await collect(found, value, nesting + 1)
    }
  }
  const opened = async (safe: Safe): Promise<Pkcs12Contents> => {
    const found: Pkcs12Contents = { keys: [], certificates: [], crls: [], secrets: [] }
    const bags =
      'bags' in safe ? safe.bags : readDer(await open(safe.protection, safe.data, passwords, budget, isSequence))!
    await collect(found, bags, 0)
    return found
  }
  // Which refusal is told must not depend on which was ready first.
  const all = await Promise.allSettled(safes.map(opened))
  const parts = all.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
  return {
    keys: parts.flatMap(({ keys }) => keys),
    certificates: parts.flatMap(({ certificates }) => certificates),
    crls: parts.flatMap(({ crls }) => crls),
    secrets: parts.flatMap(({ secrets }) => secrets),
  }
}

/** Content of a CertBag or CRLBag of this type; other types (SDSI certificates) are left out. */
function typed(bag: DerNode, wanted: string): Bytes | null {
  const [type, explicit] = childrenOf(bag, Tag.sequence)
  return oidOf(present(type)) === wanted ? octets(present(children(present(explicit))[0])) : null
}

/** Friendly name and local key id (RFC 2985 section 5.5); attributes that cannot be read are passed over. */
function namesOf(attributes: DerNode): { friendlyName?: string; localKeyId?: string } {
  const names: { friendlyName?: string; localKeyId?: string } = {}
  for (const attribute of orNull(() => childrenOf(attributes, Tag.set)) ?? []) {
    orNull(() => {
      const [type, values] = childrenOf(attribute, Tag.sequence)
      const value = present(childrenOf(values, Tag.set)[0])
      const oid = oidOf(present(type))
      const text = oid === '1.2.840.113549.1.9.20' ? textOf(value) : null
      if (text !== null) names.friendlyName = visible(text)
      if (oid === '1.2.840.113549.1.9.21') names.localKeyId = hex(octets(expect(value, Tag.octetString)))
    })
  }
  return names
}
