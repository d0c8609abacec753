import type { Bytes, DerNode } from '../pki/der.ts'
import { children, childrenOf, DerFault, der, derOf, expect, octets, orNull, Tag, whole } from '../pki/der.ts'
import { oidOf, textOf } from '../pki/der-values.ts'
import type { ExtensionFact } from '../pki/facts.ts'
import { nameOf } from '../pki/names.ts'
import type { CertificateRequest } from '../pki/request.ts'

/** One attribute of the name asked for. `rdn` tells which belong to one multi-valued part. */
export type AskedPart = {
  type: string
  value: string
  rdn: number
  /** AttributeTypeAndValue as it will be written when it is taken. */
  raw: Bytes
  /** What is shown is all there is: text, with nothing unseen in it. Nothing else can be taken. */
  plain: boolean
}

/** One extension asked for, with the octets of its value. `twice`: it is asked for more than once. */
export type AskedExtension = ExtensionFact & { raw: Bytes; twice: boolean; malformed: boolean }

export type Asked = { parts: AskedPart[]; extensions: AskedExtension[] }

/** The kind of string that it came in, where that may stand in a certificate and holds the text; else UTF8String. */
function stringOf(id: number, text: string): Bytes {
  if (id === Tag.printableString && /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) return der.printableString(text)
  if (id === Tag.ia5String && /^[\x20-\x7e]*$/.test(text)) return der.ia5String(text)
  return der.utf8String(text)
}

/** What a request asks for, with the octets of each part. `null` when name or extensions cannot be taken apart. */
export function askedOf(request: CertificateRequest): Asked | null {
  return orNull(() => {
    const info = childrenOf(derOf(request.tbs), Tag.sequence)
    return { parts: partsOf(expect(info[1], Tag.sequence)), extensions: extensionsOf(request, info[3]) }
  })
}

function partsOf(name: DerNode): AskedPart[] {
  return childrenOf(name, Tag.sequence).flatMap((set, rdn) =>
    childrenOf(set, Tag.set).map((pair) => {
      const [type, value] = childrenOf(pair, Tag.sequence)
      if (!type || !value) throw new DerFault('cut off')
      const oid = oidOf(type)
      const [part] = nameOf(derOf(der.sequence(der.set(whole(pair))))).parts
      const text = textOf(value) ?? ''
      // Octets that are not of their string's alphabet come out as U+FFFD.
      const plain = text !== '' && text === part?.value && !text.includes('\ufffd')
      // Written anew, so that no octets come along that BER allows beside the text.
      const raw = der.sequence(der.oid(oid), plain ? stringOf(value.id, text) : der.null())
      return { type: part?.type ?? '', value: part?.value ?? '', rdn, raw, plain }
    }),
  )
}

const extensionRequests = new Set(['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14'])

/** The same list that `readRequest` tells of: of several attributes with extensions, the last one. */
function extensionsOf({ extensions }: CertificateRequest, attributes: DerNode | undefined): AskedExtension[] {
  const facts = extensions.facts.extensions ?? []
  if (!attributes || facts.length === 0) return []
  const lists = children(attributes).flatMap((attribute) => {
    const [type, values] = childrenOf(attribute, Tag.sequence)
    if (!extensionRequests.has(oidOf(expect(type, Tag.oid)))) return []
    const list = orNull(() => rawValues(childrenOf(expect(values, Tag.set), Tag.set)[0]))
    return list ? [list] : []
  })
  const raws = lists.findLast((list) => sameOids(list, facts)) ?? []
  return facts.map((fact, at) => ({
    ...fact,
    raw: raws[at]?.value ?? new Uint8Array(0),
    twice: facts.filter(({ oid }) => oid === fact.oid).length > 1,
    malformed: extensions.malformed.includes(fact.name) || raws[at] === undefined,
  }))
}

type RawValue = { oid: string; value: Bytes }

const sameOids = (list: readonly RawValue[], facts: readonly ExtensionFact[]): boolean =>
  list.length === facts.length && list.every(({ oid }, at) => oid === facts[at]!.oid)

function rawValues(list: DerNode | undefined): RawValue[] {
  return childrenOf(list, Tag.sequence).map((entry) => {
    const parts = childrenOf(entry, Tag.sequence)
    const value = parts[1]?.id === Tag.boolean ? parts[2] : parts[1]
    return { oid: oidOf(expect(parts[0], Tag.oid)), value: octets(value!) }
  })
}
