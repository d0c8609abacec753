import type { ObjectKind } from '../../shared/pki/facts.ts'
import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import { fileName, kindWords, readableName } from './object-words.ts'

/** What the list is narrowed to. `findings`: only what has something to tell, or only what will be refused. */
export type Filter = {
  search: string
  kinds: ReadonlySet<ObjectKind>
  findings: 'any' | 'some' | 'refuses'
  mine: boolean
}

export const noFilter: Filter = { search: '', kinds: new Set(), findings: 'any', mine: false }

export const isFiltering = ({ search, kinds, findings, mine }: Filter): boolean =>
  search.trim() !== '' || kinds.size > 0 || findings !== 'any' || mine

/** What a search looks into, worked out once for each object. */
const haystacks = new WeakMap<ObjectRow, string>()

/** Worked out when a row arrives, so that the first letter typed does not wait for ten thousand of them. */
export function haystackOf(row: ObjectRow): string {
  const known = haystacks.get(row)
  if (known !== undefined) return known
  const { facts, kind } = row
  const { plain, term = '' } = kindWords[kind]
  const made = [
    plain,
    term,
    facts.subject && readableName(facts.subject),
    facts.issuer && readableName(facts.issuer),
    facts.friendlyName,
    facts.subjectAltNames?.join(' '),
    facts.serialHex,
    facts.sha256,
    facts.spkiSha256,
    fileName(row.file),
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase()
  haystacks.set(row, made)
  return made
}

/**
 * The words of a search: a row must hold each of them. Hex written in pairs (`AB:CD`, `ab cd`) is one word, and so is a
 * serial number in decimal, which is looked for in hex too.
 */
export function searchWords(search: string): string[][] {
  const text = search.trim().toLowerCase()
  if (text === '') return []
  if (/^[0-9a-f]{2}([: -][0-9a-f]{2})+$/.test(text)) return [[text.replace(/[: -]/g, '')]]
  return text.split(/\s+/).map((word) => {
    const pairs = /^[0-9a-f]{2}(:[0-9a-f]{2})+:?$/.test(word) ? [word, word.replaceAll(':', '')] : [word]
    return /^\d{8,48}$/.test(word) ? [...pairs, BigInt(word).toString(16)] : pairs
  })
}

/** The rows that a filter lets through, by id. */
export function matching(rows: readonly ObjectRow[], filter: Filter, isMine: (id: string) => boolean): Set<string> {
  const words = searchWords(filter.search)
  const found = new Set<string>()
  for (const row of rows) {
    if (filter.kinds.size > 0 && !filter.kinds.has(row.kind)) continue
    if (filter.findings !== 'any' && !worthTelling(row, filter.findings)) continue
    if (filter.mine && !isMine(row.id)) continue
    const text = words.length > 0 ? haystackOf(row) : ''
    if (words.every((ways) => ways.some((way) => text.includes(way)))) found.add(row.id)
  }
  return found
}

function worthTelling(row: ObjectRow, least: 'some' | 'refuses'): boolean {
  if (row.worst === 'refuses' || isBroken(row)) return true
  return least === 'some' && row.worst === 'warns'
}

/** It could not be read, and not for want of a passphrase. */
export const isBroken = (row: ObjectRow): boolean => row.problem !== null && !isLocked(row)
