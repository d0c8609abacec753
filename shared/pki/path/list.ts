import type { RevocationList } from '../crl.ts'
import { readCrl } from '../crl.ts'
import type { Bytes, DerNode } from '../der.ts'
import { childrenOf, content, DerFault, derOf, eachChild, expect, hex, orNull, sameBytes, Tag } from '../der.ts'
import { integerOf, timeOf } from '../der-values.ts'
import { revocationReasons } from '../extension-values.ts'
import type { CanonicalName } from './canonical-name.ts'
import { canonicalName } from './canonical-name.ts'
import { allReasons, directoryKey, type PointName, pointName, reasonMask } from './distribution-point.ts'
import { extensionsIn, rawExtensions } from './raw-extensions.ts'

/** What a revocation list is about (RFC 5280 section 5.2.5). */
export type Scope = {
  name?: PointName
  only?: 'users' | 'authorities' | 'attributes'
  reasons: number
  indirect: boolean
}

/** A revocation list with all that judging by it asks. */
export type List = {
  crl: RevocationList
  issuer: CanonicalName
  number?: bigint
  /** The list is a delta to the complete one of this number or a later one (section 5.2.4). */
  base?: bigint
  scope: Scope
  /** Equal for lists of the same scope and key. */
  family: string
  /** It has a critical extension that is not understood, or a malformed one: nothing may be judged by it. */
  unsound: boolean
}

export type ListEntry = { revokedAt: string; reason: string }

const usual = new Set(['2.5.29.20', '2.5.29.27', '2.5.29.28', '2.5.29.35'])
/** Reason, invalidity date and certificate issuer (section 5.3). */
const usualInEntries = new Set(['2.5.29.21', '2.5.29.24', '2.5.29.29'])

/** Reads a revocation list; `null` when the bytes are none. */
export function readList(der: Bytes): List | null {
  const crl = readCrl(der)
  return crl && orNull(() => listOf(crl))
}

function listOf(crl: RevocationList): List {
  const list: List = {
    crl,
    issuer: canonicalName(crl.issuer),
    scope: { reasons: allReasons, indirect: false },
    family: '',
    unsound: false,
  }
  const extensions = orNull(() => extensionsIn(crl.tbs, 0xa0))
  list.unsound = !extensions || extensions.some(({ oid, critical }) => critical && !usual.has(oid))
  for (const { oid, value } of extensions ?? []) {
    const read = orNull(() => {
      if (oid === '2.5.29.20') list.number = integerOf(expect(derOf(value), Tag.integer))
      if (oid === '2.5.29.27') list.base = integerOf(expect(derOf(value), Tag.integer))
      if (oid === '2.5.29.28') list.scope = scopeOf(derOf(value))
      if (oid === '2.5.29.28' || oid === '2.5.29.35') list.family += ` ${oid} ${hex(value)}`
      return true
    })
    if (!read) list.unsound = true
  }
  return list
}

function scopeOf(node: DerNode): Scope {
  const scope: Scope = { reasons: allReasons, indirect: false }
  for (const part of childrenOf(node, Tag.sequence)) {
    const says = part.id >= 0xa0 || content(part)[0] !== 0
    if (part.id === 0xa0) scope.name = pointName(part)
    else if (part.id === 0x83) scope.reasons = reasonMask(part)
    else if (part.id === 0x84) scope.indirect = says
    else if (part.id === 0x81 && says) scope.only = 'users'
    else if (part.id === 0x82 && says) scope.only = 'authorities'
    else if (part.id === 0x85 && says) scope.only = 'attributes'
    else if (part.id < 0x81 || part.id > 0x85) throw new DerFault('another type')
  }
  return scope
}

/**
 * The entry for a certificate by its serial number (the content of the INTEGER) and its issuer, the last one when there
 * are several. `unsound`: some entry has a critical extension that is not understood, so the list may not be used
 * (section 5.3).
 */
export function entryIn(list: List, serial: Bytes, issuer: string): ListEntry | 'unsound' | null {
  const entries = entriesOf(list)
  if (!entries) return null
  let found: ListEntry | null = null
  let entryIssuer = list.issuer.key
  const read = orNull(() => {
    eachChild(entries, (entry) => {
      // A list may have a million entries, of which nearly all are passed over here.
      if (isPlain(entry) && !startsWith(entry, serial)) return
      const [number, date, extensions] = childrenOf(entry, Tag.sequence)
      const isIt = sameBytes(content(expect(number, Tag.integer)), serial)
      let reason = revocationReasons[0]!
      for (const { oid, critical, value } of extensions ? rawExtensions(extensions) : []) {
        if (critical && !usualInEntries.has(oid)) throw new DerFault('unknown critical extension')
        if (oid === '2.5.29.21')
          reason = revocationReasons[Number(integerOf(expect(derOf(value), Tag.enumerated)))] ?? reason
        if (oid === '2.5.29.29') {
          entryIssuer = childrenOf(derOf(value), Tag.sequence).flatMap(directoryKey)[0] ?? entryIssuer
        }
      }
      if (isIt && entryIssuer === issuer) found = { revokedAt: timeOf(date!), reason }
    })
    return true
  })
  return read ? found : 'unsound'
}

function entriesOf({ crl }: List): DerNode | null {
  const fields = childrenOf(derOf(crl.tbs), Tag.sequence)
  const lastTime = fields.findLastIndex(({ id }) => id === Tag.utcTime || id === Tag.generalizedTime)
  const list = fields[lastTime + 1]
  return list?.id === Tag.sequence ? list : null
}

/** Does the entry begin with this serial number? */
function startsWith({ source: { bytes }, from, to }: DerNode, serial: Bytes): boolean {
  if (bytes[from] !== Tag.integer || bytes[from + 1] !== serial.length || from + 2 + serial.length > to) return false
  for (let i = 0; i < serial.length; i++) if (bytes[from + 2 + i] !== serial[i]) return false
  return true
}

/** Is it but a serial number and a date, both short? */
function isPlain({ source: { bytes }, from, to }: DerNode): boolean {
  const date = from + 2 + (bytes[from + 1] ?? 0)
  return bytes[from + 1]! < 128 && date + 2 + (bytes[date + 1] ?? 0) === to
}
