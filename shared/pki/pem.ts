import { decodeBase64, encodeBase64 } from './base64.ts'
import type { Bytes } from './der.ts'

/** What is unusual about a block, in the words of the findings `file.<oddity>`. */
export type PemOddity =
  | 'dashes-wrong'
  | 'newlines-lost'
  | 'carriage-returns'
  | 'blank-lines'
  | 'lines-uneven'
  | 'indented'
  | 'base64-odd'
  | 'end-line-missing'
  | 'end-line-other'
  | 'label-case'

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

/** Hyphen-minus, and what word processors and chats make of it; two of them are Windows-1252 read as Latin-1. */
const dashes = /[-\u0096\u0097\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/
const boundary =
  /(BEGIN|END) ([A-Z0-9](?:[A-Z0-9 .#/_]{0,60}[A-Z0-9])?)[ \t]?(?=[-\u0096\u0097\u2010-\u2015\u2212\ufe58\ufe63\uff0d])/gi
/** Longest run of dashes that still counts as one boundary; two that lost their newline make ten. */
const maxDashes = 12
/** No file needs more; a text of nothing but boundaries would otherwise cost an object every thirty octets. */
const maxBlocks = 50_001

/**
 * Every PEM block in a text (RFC 7468), as real files have them: text around and between, CRLF or CR, lost newlines,
 * other numbers and kinds of dashes, a missing END line. Never throws; text without blocks gives an empty list.
 */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  let open: { label: string; start: number; from: number; odd: boolean; lower: boolean } | null = null
  const close = (to: number, end: number, endLabel: string | null, odd: boolean) => {
    if (!open) return
    const oddities = layoutOf(text, open, Math.max(open.from, to), end, endLabel !== null)
    if (odd || open.odd) oddities.push('dashes-wrong')
    if (open.lower) oddities.push('label-case')
    if (endLabel === null) oddities.push('end-line-missing')
    else if (endLabel !== open.label) oddities.push('end-line-other')
    // Two boundaries that lost what was between them share their dashes.
    blocks.push(blockOf(text, open.label, open.start, open.from, Math.max(open.from, to), end, oddities))
    open = null
  }
  for (const found of text.matchAll(boundary)) {
    if (blocks.length >= maxBlocks) return blocks
    const before = dashesBefore(text, found.index)
    const after = dashesAfter(text, found.index + found[0].length)
    if (before.count === 0) continue
    const label = found[2]!.toUpperCase()
    const odd = !before.plain || !after.plain || !isCustomary(before.count) || !isCustomary(after.count)
    if (found[1]!.toUpperCase() === 'END') close(before.at, after.at, label, odd)
    else {
      close(before.at, before.at, null, false)
      open = { label, start: before.at, from: after.at, odd, lower: found[2] !== label || found[1] !== 'BEGIN' }
    }
  }
  close(text.length, text.length, null, false)
  return blocks
}

/** Five; ten where the boundaries of two blocks lost the line break between them. */
const isCustomary = (dashes: number): boolean => dashes === 5 || dashes === 10

/** What OpenSSL's reader, and those modelled on it, stumble over in the lines of a block. */
function layoutOf(
  text: string,
  { start, from }: { start: number; from: number },
  to: number,
  end: number,
  closed: boolean,
): PemOddity[] {
  const body = text.slice(from, to)
  const long = to - from > 80
  const oneLine = !/[\r\n]/.test(body)
  const joined = /^[ \t]*\S/.test(body) || (closed && /\S[ \t]*$/.test(body.slice(-200)))
  if (long && (oneLine || joined)) return ['newlines-lost']
  const oddities: PemOddity[] = []
  if (!oneLine && !body.includes('\n')) oddities.push('carriage-returns')
  const alone = (start === 0 || /[\r\n]/.test(text[start - 1]!)) && /^(?:$|\s)/.test(text.slice(end, end + 1))
  if (!alone) oddities.push('indented')
  return oddities
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
  if (decoded) {
    const body = text.slice(bodyFrom, to)
    // An empty line ends the headers: where there are none, what stands above it is taken for some.
    if (/\S[ \t]*\r?\n[ \t]*\r?\n[ \t]*\S/.test(body)) oddities.push('blank-lines')
    // In plain blocks OpenSSL takes lines of any length, in encrypted ones only those of RFC 1421.
    const encrypted = headers['Proc-Type'] !== undefined && !oddities.includes('newlines-lost')
    if (encrypted && isUneven(body)) oddities.push('lines-uneven')
    if (/[-_]/.test(body) || isUnpadded(body)) oddities.push('base64-odd')
  }
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

function isUneven(body: string): boolean {
  const lines = body.trim().split(/\r?\n/)
  return lines.some((line, at) => (at < lines.length - 1 ? line.trimEnd().length !== 64 : line.length > 64))
}

/** Base64 comes in groups of four, the last filled up with `=`. */
function isUnpadded(body: string): boolean {
  let count = 0
  for (let at = 0; at < body.length; at++) if (body.charCodeAt(at) > 32) count++
  return count % 4 !== 0
}

type Head = { headers: Record<string, string>; bodyFrom: number }

/** An encrypted key's two headers, also where all newlines were lost. */
const encryption = /^\s*Proc-Type:\s*(4,ENCRYPTED)\s+DEK-Info:\s*([A-Z0-9-]{1,40}(?:,[0-9A-Fa-f]{1,64})?)\s+/

/** Headers end at the first line that is neither `Name: value` nor the rest of one. */
function headersOf(text: string, from: number, to: number): Head {
  const top = text.slice(from, Math.min(to, from + 300))
  // Base64 holds no colon: without one near the top there are no headers, which is nearly always.
  if (!top.slice(0, 120).includes(':')) return { headers: {}, bodyFrom: from }
  const sealed = encryption.exec(top)
  if (sealed) {
    return { headers: { 'Proc-Type': sealed[1]!, 'DEK-Info': sealed[2]! }, bodyFrom: from + sealed[0].length }
  }
  const headers: Record<string, string> = Object.create(null)
  let last = ''
  let at = from
  for (let count = 0; count < 100 && at < to; count++) {
    const end = lineEnd(text, at, to)
    const line = text.slice(at, end).trimEnd()
    const header = /^\s*([A-Za-z][A-Za-z0-9-]{0,60}): ?(.*)$/.exec(line)
    // RFC 1421 indents the rest of a long header; OpenSSH's public keys end its line with a backslash.
    const goesOn = last !== '' && (/^[ \t]+\S/.test(line) || headers[last]?.endsWith('\\'))
    if (goesOn) headers[last] = `${headers[last]!.replace(/\\$/, '')}${line.trim()}`
    else if (header) {
      last = header[1]!
      headers[last] = header[2]!
    } else if (line !== '' || last !== '') break
    at = Math.min(to, end + 1)
  }
  return { headers, bodyFrom: at }
}

/** Offset of the line break (LF, CRLF or CR) that ends the line at `at`, of its last character. */
function lineEnd(text: string, at: number, to: number): number {
  for (let end = at; end < to; end++) {
    const code = text.charCodeAt(end)
    if (code === 10 || (code === 13 && text.charCodeAt(end + 1) !== 10)) return end
  }
  return to
}

/** A PEM block with lines of 64 columns and a final newline (RFC 7468 section 2). */
export function toPem(label: string, der: Bytes): string {
  return `-----BEGIN ${label}-----\n${encodeBase64(der, 64)}\n-----END ${label}-----\n`
}
