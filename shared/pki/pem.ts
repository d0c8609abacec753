import { decodeBase64, encodeBase64 } from './base64.ts'
import type { Bytes } from './der.ts'

/** What is unusual about a block, in the words of the findings `file.<oddity>`. */
export type PemOddity = 'dashes-wrong' | 'newlines-lost' | 'end-line-missing' | 'end-line-other' | 'label-case'

export type PemBlock = {
  /** As written, such as `CERTIFICATE`; upper case. */
  label: string
  /** RFC 1421 headers by name, such as `Proc-Type`; empty for most blocks. */
  headers: Record<string, string>
  /** Decoded content; empty when `damaged`. */
  der: Bytes
  /** The base64 could not be decoded. */
  damaged: boolean
  oddities: PemOddity[]
  /** Offsets in the text: of the BEGIN line, and of what follows the END line. */
  start: number
  end: number
}

/** Hyphen-minus, and what word processors and chats make of it. */
const dashes = /[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/
const boundary =
  /(BEGIN|END) ([A-Z0-9](?:[A-Z0-9 .#/_]{0,60}[A-Z0-9])?)[ \t]?(?=[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d])/gi
/** Longest run of dashes that still counts as one boundary; two that lost their newline make ten. */
const maxDashes = 12
/** No file needs more; a text of nothing but boundaries would otherwise cost an object every thirty octets. */
const maxBlocks = 20_000

/**
 * Every PEM block in a text (RFC 7468), as real files have them: text around and between, CRLF or CR, lost newlines,
 * other numbers and kinds of dashes, a missing END line. Never throws; text without blocks gives an empty list.
 */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  let open: { label: string; start: number; from: number; odd: boolean; lower: boolean } | null = null
  const close = (to: number, end: number, endLabel: string | null, odd: boolean) => {
    if (!open) return
    const oddities: PemOddity[] = []
    if (odd || open.odd) oddities.push('dashes-wrong')
    if (open.lower) oddities.push('label-case')
    if (endLabel === null) oddities.push('end-line-missing')
    else if (endLabel !== open.label) oddities.push('end-line-other')
    blocks.push(blockOf(text, open.label, open.start, open.from, to, end, oddities))
    open = null
  }
  for (const found of text.matchAll(boundary)) {
    if (blocks.length >= maxBlocks) return blocks
    const before = dashesBefore(text, found.index)
    const after = dashesAfter(text, found.index + found[0].length)
    if (before.count === 0) continue
    const label = found[2]!.toUpperCase()
    const odd = !before.plain || !after.plain || before.count < 5 || after.count < 5
    if (found[1]!.toUpperCase() === 'END') close(before.at, after.at, label, odd)
    else {
      close(before.at, before.at, null, false)
      open = { label, start: before.at, from: after.at, odd, lower: found[2] !== label || found[1] !== 'BEGIN' }
    }
  }
  close(text.length, text.length, null, false)
  return blocks
}

type Dashes = { at: number; count: number; plain: boolean }

function dashesBefore(text: string, from: number): Dashes {
  let at = text[from - 1] === ' ' ? from - 1 : from
  const edge = at
  while (at > 0 && edge - at < maxDashes && dashes.test(text[at - 1]!)) at--
  return { at, count: edge - at, plain: /^-*$/.test(text.slice(at, from)) }
}

function dashesAfter(text: string, from: number): Dashes {
  let at = from
  while (at < text.length && at - from < maxDashes && dashes.test(text[at]!)) at++
  // After an END line of five, further dashes belong to the BEGIN line that lost its newline.
  const plain = /^-*$/.test(text.slice(from, at)) && !/[ \t]/.test(text[from - 1]!)
  return { at, count: at - from, plain }
}

function blockOf(
  text: string,
  label: string,
  start: number,
  from: number,
  to: number,
  end: number,
  oddities: PemOddity[],
): PemBlock {
  const { headers, bodyFrom } = headersOf(text, from, to)
  const decoded = decodeBase64(text, bodyFrom, to)
  if (decoded && to - bodyFrom > 80 && !/[\r\n]/.test(text.slice(bodyFrom, to).trim())) oddities.push('newlines-lost')
  return {
    label,
    headers,
    der: decoded ?? new Uint8Array(0),
    damaged: decoded === null || decoded.length === 0,
    oddities,
    start,
    end,
  }
}

/** Headers end at the first line that is neither `Name: value` nor the indented rest of one. */
function headersOf(text: string, from: number, to: number): { headers: Record<string, string>; bodyFrom: number } {
  const headers: Record<string, string> = {}
  // Base64 holds no colon: without one near the top there are no headers, which is nearly always.
  const colon = text.slice(from, Math.min(to, from + 120)).indexOf(':')
  if (colon < 0) return { headers, bodyFrom: from }
  const line = /[ \t]*([^\r\n]*)(?:\r\n|\r|\n|$)/y
  let last = ''
  let at = from
  for (let count = 0; count < 100 && at < to; count++) {
    line.lastIndex = at
    const found = line.exec(text)
    if (!found || found[0] === '') break
    const indented = /^[ \t]/.test(found[0])
    const header = /^([A-Za-z][A-Za-z0-9-]{0,60}): ?(.*)$/.exec(found[1]!)
    if (header && header[1] !== '__proto__') {
      last = header[1]!
      headers[last] = header[2]!.trim()
    } else if (indented && last !== '') headers[last] += found[1]!.trim()
    else if (found[1] !== '' || last !== '') {
      if (last === '') return { headers: lostHeaders(text, from, to, headers), bodyFrom: afterLost(text, from, to) }
      // An OpenSSH or PGP block continues a long header with a backslash.
      if (headers[last]?.endsWith('\\')) headers[last] = headers[last]!.slice(0, -1) + found[1]!.trim()
      else return { headers, bodyFrom: found[1] === '' ? at + found[0].length : at }
    }
    at += found[0].length
  }
  return { headers, bodyFrom: at }
}

/** `Proc-Type: 4,ENCRYPTED DEK-Info: AES-128-CBC,…` on the line that all newlines were lost from. */
const lost = /^\s*Proc-Type:\s*(4,ENCRYPTED)\s+DEK-Info:\s*([A-Z0-9-]{1,40}(?:,[0-9A-Fa-f]{1,64})?)\s+/

function lostHeaders(text: string, from: number, to: number, headers: Record<string, string>): Record<string, string> {
  const found = lost.exec(text.slice(from, Math.min(to, from + 300)))
  return found ? { 'Proc-Type': found[1]!, 'DEK-Info': found[2]! } : headers
}

function afterLost(text: string, from: number, to: number): number {
  return from + (lost.exec(text.slice(from, Math.min(to, from + 300)))?.[0].length ?? 0)
}

/** A PEM block with lines of 64 columns and a final newline (RFC 7468 section 2). */
export function toPem(label: string, der: Bytes): string {
  return `-----BEGIN ${label}-----\n${encodeBase64(der, 64)}\n-----END ${label}-----\n`
}
