/**
 * What the values of a known structure are called in its standard, so that a tree of bare types can be read. A shape
 * tells about the children of one value.
 */
export type Field = {
  /** The standard's own name: `serialNumber`, `notBefore` … */
  role: string
  /** Identifier octets that may stand here; absent: any. */
  ids?: readonly number[]
  optional?: true
  /** What its children are; by the object identifier read just before it, where that decides (ANY DEFINED BY). */
  inside?: Shape | ((oid: string | undefined) => Shape | undefined)
}
export type Shape = {
  /** In order, optional ones may be missing; once all are used up, further children stay without a name. */
  fields?: readonly Field[]
  /** Every child, whatever their number. */
  each?: Field
  /** By identifier octet, in any order: CHOICE, and tagged fields. */
  byId?: Readonly<Record<number, Field>>
}

/** AlgorithmIdentifier. */
export const algorithm: Shape = { fields: [{ role: 'algorithm', ids: [0x06] }, { role: 'parameters' }] }
/** Name, or RDNSequence. */
export const name: Shape = {
  each: {
    role: 'relativeDistinguishedName',
    inside: { each: { role: 'attribute', inside: { fields: [{ role: 'type' }, { role: 'value' }] } } },
  },
}
