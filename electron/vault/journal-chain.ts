import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type JournalFault, JournalLine } from '../../shared/vault/journal.ts'
import type { Manifest } from './manifest.ts'
import { parseJson } from './record-file.ts'
import { vouch, vouches } from './seal.ts'

const StoredLine = JournalLine.extend({
  /** SHA-256 of the line before, in hex; empty in the first. */
  before: z.string().regex(/^([0-9a-f]{64})?$/),
  vouched: z.base64().length(44),
})
export type StoredLine = z.infer<typeof StoredLine>

export const digestOf = (line: string): string => createHash('sha256').update(line).digest('hex')

const textOf = (line: Omit<StoredLine, 'vouched'>) => `journal ${JSON.stringify(line)}`

export function writeLine(line: JournalLine, before: string, vouching: Buffer): string {
  const rest = JSON.parse(JSON.stringify({ ...line, before }))
  return JSON.stringify({ ...rest, vouched: vouch(vouching, textOf(rest)) })
}

/** The line, or null when it cannot be read. Whether it is genuine is another question. */
export const readLine = (text: string): StoredLine | null => StoredLine.safeParse(parseJson(text)).data ?? null

/** Without a key, everybody can write a line; with it, nobody else. */
export function isGenuine(text: string, vouching: Buffer): boolean {
  const json = parseJson(text) as Record<string, unknown> | null
  const { vouched, ...rest } = json ?? {}
  return typeof vouched === 'string' && vouches(vouching, `journal ${JSON.stringify(rest)}`, vouched)
}

/** Whole lines; what a crash left of the last one is not one. */
export const linesOf = (text: string): string[] => text.split('\n').slice(0, -1)

/**
 * What is wrong with a journal: lines that were altered, taken out or put in, and a tail that was cut off. Empty when
 * everything is as it was written. `end` is what the manifest says of it; lines behind that end are good when they
 * continue the chain, because a crash may come between the two.
 */
export function faultsOf(text: string, end: Manifest['journal'] | null, vouching: Buffer): JournalFault[] {
  const faults: JournalFault[] = []
  let expected = { n: 1, before: '', genuine: true }
  let atEnd = end?.lines === 0
  for (const [index, one] of linesOf(text).entries()) {
    const line = readLine(one)
    if (!line || !isGenuine(one, vouching)) {
      faults.push({ line: index + 1, says: `Line ${index + 1} was altered.` })
      expected = { n: expected.n + 1, before: digestOf(one), genuine: false }
      continue
    }
    if (line.n > expected.n) faults.push({ line: index + 1, says: `${missing(expected.n, line.n - 1)}` })
    else if (line.n < expected.n) faults.push({ line: index + 1, says: `Line ${index + 1} stands there twice.` })
    else if (line.before !== expected.before && expected.genuine) {
      faults.push({ line: index + 1, says: `Line ${index + 1} does not follow the one before it.` })
    }
    expected = { n: line.n + 1, before: digestOf(one), genuine: true }
    if (end && line.n === end.lines) atEnd = expected.before === end.head
  }
  if (!end) faults.push({ line: 0, says: 'Where it ends is not vouched for: manifest.json is missing or was altered.' })
  else if (expected.n <= end.lines)
    faults.push({ line: 0, says: `${missing(expected.n, end.lines)} The end was cut off.` })
  else if (!atEnd && faults.length === 0) faults.push({ line: end.lines, says: `Line ${end.lines} was replaced.` })
  return faults
}

const missing = (from: number, to: number) =>
  from === to ? `Entry ${from} is missing.` : `Entries ${from} to ${to} are missing.`
