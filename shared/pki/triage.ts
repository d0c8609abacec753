import type { SomethingElse } from '../problems/files.ts'
import { decodeBase64 } from './base64.ts'
import { base64Tokens } from './base64-tokens.ts'
import type { Certificate } from './certificate.ts'
import { readCertificate } from './certificate.ts'
import { betterOrder } from './certificate-order.ts'
import type { Bytes } from './der.ts'
import { readDer } from './der.ts'
import { visible } from './der-values.ts'
import type { FileOddity } from './file-findings.ts'
import type { PemBlock } from './pem.ts'
import { pemBlocks, toPem } from './pem.ts'
import { kindOfLabel } from './pem-labels.ts'
import { spkiOfSsh, sshPublicLine } from './ssh-public.ts'
import { textOfFile } from './text.ts'

/** One thing found in a file, not yet read. */
export type Piece = {
  oddities: FileOddity[]
  /** The only thing in its file. */
  alone?: boolean
  /** Names that stand above the block, as `openssl pkcs12` writes them. */
  bag?: { friendlyName?: string; localKeyId?: string }
} & (
  | { form: 'der'; encoding: 'PEM' | 'DER' | 'base64'; der: Bytes; label?: string }
  /** A private key's block whose headers or neighbours matter for opening it, as PEM again. */
  | { form: 'key-pem'; encoding: 'PEM'; pem: Bytes; der: Bytes; label: string }
  | { form: 'damaged'; encoding: 'PEM' | 'DER'; label?: string }
  | { form: 'keystore'; encoding: 'binary'; type: 'JKS' | 'JCEKS'; bytes: Bytes }
  | { form: 'pvk'; encoding: 'binary'; bytes: Bytes }
  | { form: 'putty'; encoding: 'base64'; bytes: Bytes }
  | { form: 'ssh-public'; encoding: 'base64'; spki: Bytes | null }
  | { form: 'something-else'; encoding?: 'PEM' | 'binary'; what: SomethingElse }
)

export type Triage = { pieces: Piece[]; problem?: 'file.empty' | 'file.unknown-kind' }

/** Concatenated DER, as some root lists are published; more than any of those has. */
const maxValues = 50_001
/** Certificates of a longer file are a collection, and not worth reading twice. */
const maxOrdered = 24
/** Base64 tokens that are tried in a text of another kind. */
const maxTokens = 2_000

/**
 * Takes a file apart by its bytes alone, never by its name: binary DER, PEM as people really have it, base64 without
 * its lines, keys of other programs, and what is no key at all. Never throws.
 */
export function triage(bytes: Bytes): Triage {
  if (bytes.length === 0) return { pieces: [], problem: 'file.empty' }
  const binary = binaryPieces(bytes)
  if (binary) return { pieces: alone(binary) }
  const plain = textOfFile(bytes)
  if (!plain) return { pieces: [], problem: 'file.unknown-kind' }
  if (plain.text.trim() === '') return { pieces: [], problem: 'file.empty' }
  const pieces = textPieces(plain.text)
  // What was undone for the whole text explains why its blocks do not stand alone.
  const undone = plain.oddities.some((oddity) => /^(?:escaped-newlines|embedded|quoted)$/.test(oddity))
  for (const piece of pieces) {
    const own = undone ? piece.oddities.filter((oddity) => oddity !== 'indented') : piece.oddities
    piece.oddities = [...new Set([...plain.oddities, ...own])]
  }
  markOrder(pieces)
  return pieces.length > 0 ? { pieces: alone(pieces) } : { pieces, problem: 'file.unknown-kind' }
}

function alone(pieces: Piece[]): Piece[] {
  if (pieces.length === 1) pieces[0]!.alone = true
  return pieces
}

/** Where certificates stand in another order than programs want, the one that belongs first says so. */
function markOrder(pieces: readonly Piece[]): void {
  if (pieces.length < 2 || pieces.length > maxOrdered) return
  const holders: Piece[] = []
  const certificates: Certificate[] = []
  for (const piece of pieces) {
    const certificate = piece.form === 'der' ? readCertificate(piece.der) : null
    if (!certificate) continue
    holders.push(piece)
    certificates.push(certificate)
  }
  const leaf = betterOrder(certificates)?.[0]
  if (leaf) holders[certificates.indexOf(leaf)]!.oddities.push('order')
}

const startsWith = (bytes: Bytes, ...octets: number[]) => octets.every((octet, i) => bytes[i] === octet)

function binaryPieces(bytes: Bytes): Piece[] | null {
  const other = (what: SomethingElse): Piece[] => [{ form: 'something-else', encoding: 'binary', what, oddities: [] }]
  if (startsWith(bytes, 0xfe, 0xed, 0xfe, 0xed))
    return [{ form: 'keystore', encoding: 'binary', type: 'JKS', bytes, oddities: [] }]
  if (startsWith(bytes, 0xce, 0xce, 0xce, 0xce))
    return [{ form: 'keystore', encoding: 'binary', type: 'JCEKS', bytes, oddities: [] }]
  if (startsWith(bytes, 0x1e, 0xf1, 0xb5, 0xb0)) return [{ form: 'pvk', encoding: 'binary', bytes, oddities: [] }]
  // ZIP, gzip, 7z and xz: what mail programs and portals wrap files in.
  if (startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0x1f, 0x8b)) return other('archive')
  if (startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf) || startsWith(bytes, 0xfd, 0x37, 0x7a, 0x58)) return other('archive')
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return other('pdf')
  return bytes[0] === 0x30 ? derPieces(bytes) : null
}

/** Values one after the other; `null` when the first octets only look like DER. */
function derPieces(bytes: Bytes): Piece[] | null {
  const pieces: Piece[] = []
  let at = 0
  while (at < bytes.length && bytes[at] === 0x30 && pieces.length < maxValues) {
    const node = readDer(bytes, at)
    if (!node || node.end - at < 3) break
    pieces.push({ form: 'der', encoding: 'DER', der: bytes.subarray(at, node.end), oddities: [] })
    at = node.end
  }
  if (pieces.length === 0) return isText(bytes) ? null : [cutOff(bytes)]
  // Editors and shells leave a line break or a zero at the end, which every program skips.
  const rest = bytes.subarray(at)
  if (!rest.every((octet) => octet === 0 || octet === 0x0a || octet === 0x0d || octet === 0x20)) {
    pieces.at(-1)!.oddities.push('bytes-after')
  }
  return pieces
}

/** A value that ends before its length does: its first octets often tell what it would have been. */
function cutOff(bytes: Bytes): Piece {
  const header = (at: number) => (bytes[at] === 0x30 ? 2 + (bytes[at + 1]! > 0x80 ? bytes[at + 1]! & 0x7f : 0) : 0)
  const first = header(0)
  const version = bytes.subarray(first, first + 3).join()
  const inner = header(first)
  const second = bytes[first + inner]
  let label: string | undefined
  if (version === '2,1,3') label = 'PKCS12'
  else if (version === '2,1,0') label = 'PRIVATE KEY'
  else if (inner > 0 && second === 0xa0) label = 'CERTIFICATE'
  else if (inner > 0 && bytes.subarray(first + inner, first + inner + 4).join() === '2,1,0,48')
    label = 'CERTIFICATE REQUEST'
  else if (bytes[first] === 0x06) label = 'PKCS7'
  return { form: 'damaged', encoding: 'DER', ...(label && { label }), oddities: [] }
}

const isText = (bytes: Bytes): boolean =>
  bytes.subarray(0, 256).every((o) => o === 9 || o === 10 || o === 13 || (o > 31 && o < 127))

function textPieces(text: string): Piece[] {
  const blocks = pemBlocks(text)
  if (blocks.length > 0) return blockPieces(blocks, text)
  const start = text.trimStart()
  if (start.startsWith('PuTTY-User-Key-File-')) {
    return [{ form: 'putty', encoding: 'base64', bytes: new TextEncoder().encode(start), oddities: [] }]
  }
  const ssh = sshPublicLine(start)
  if (ssh?.certificate) return [{ form: 'something-else', what: 'ssh-certificate', oddities: [] }]
  if (ssh) return [{ form: 'ssh-public', encoding: 'base64', spki: ssh.spki, oddities: [] }]
  const bare = bareBase64(start)
  if (bare.length > 0) return bare
  const inside = embedded(text)
  if (inside.length > 0) return inside
  const isPage = /^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype html|html|head|body)\b/i
  return isPage.test(start.slice(0, 4096)) ? [{ form: 'something-else', what: 'web-page', oddities: [] }] : []
}

function blockPieces(blocks: readonly PemBlock[], text: string): Piece[] {
  const pieces: Piece[] = []
  let empty = 0
  for (const [i, block] of blocks.entries()) {
    // A boundary with nothing behind it is a trace of one, not an object.
    if (block.damaged && block.oddities.includes('end-line-missing') && block.end - block.start < 64) empty++
    // Test files describe a certificate in blocks of their own, in plain text.
    else if (block.damaged && kindOfLabel(block.label) === 'unknown' && !/^PGP /.test(block.label)) continue
    else {
      const piece = pieceOf(block, blocks[i - 1])
      const bag = bagAbove(text, blocks[i - 1]?.end ?? 0, block.start)
      pieces.push(bag ? { ...piece, bag } : piece)
    }
  }
  if (pieces.length === 0) return [{ form: 'damaged', encoding: 'PEM', label: blocks[0]!.label, oddities: [] }]
  if (empty > 0) pieces[0]!.oddities.push('blocks-damaged')
  return pieces
}

/** `Bag Attributes` with a name and an id, between the block before and this one. */
function bagAbove(text: string, from: number, to: number): Piece['bag'] {
  if (to - from < 20) return undefined
  const above = text.slice(Math.max(from, to - 4000), to)
  const head = above.lastIndexOf('Bag Attributes')
  if (head < 0) return undefined
  const value = (name: string) => new RegExp(`^[ \\t]*${name}: (.{1,300}?)[ \\t]*$`, 'm').exec(above.slice(head))?.[1]
  const friendlyName = value('friendlyName')
  const localKeyId = value('localKeyID')
    ?.replace(/[^0-9A-Fa-f]/g, '')
    .toLowerCase()
  return {
    ...(friendlyName !== undefined && { friendlyName: visible(friendlyName) }),
    ...(localKeyId && { localKeyId: localKeyId.slice(0, 128) }),
  }
}

function pieceOf(block: PemBlock, before: PemBlock | undefined): Piece {
  const { label, der, headers } = block
  const oddities: FileOddity[] = [...block.oddities]
  if (/^PGP /.test(label)) return { form: 'something-else', encoding: 'PEM', what: 'openpgp', oddities }
  if (block.damaged) return { form: 'damaged', encoding: 'PEM', label, oddities }
  // RFC 4716 has four dashes and a space: nothing is odd about them.
  if (label === 'SSH2 PUBLIC KEY') return { form: 'ssh-public', encoding: 'base64', spki: spkiOfSsh(der), oddities: [] }
  if (!/PRIVATE KEY$/.test(label)) return { form: 'der', encoding: 'PEM', der, label, oddities }
  const curve = before?.label === 'EC PARAMETERS' ? toPem('EC PARAMETERS', before.der) : ''
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`)
  const head = lines.length > 0 ? `${lines.join('')}\n` : ''
  const pem = curve + toPem(label, der).replace('-----\n', () => `-----\n${head}`)
  return { form: 'key-pem', encoding: 'PEM', pem: new TextEncoder().encode(pem), der, label, oddities }
}

/** A text that is base64 from end to end, once or twice over. */
function bareBase64(text: string, twice = false): Piece[] {
  const from = /^data:[^,]{0,100};base64,/.exec(text.slice(0, 120))?.[0].length ?? 0
  const quoted = /^["']/.test(text.slice(from, from + 1)) ? 1 : 0
  const bytes = text.length < 40 ? null : decodeBase64(text, from + quoted, text.trimEnd().length - quoted)
  if (!bytes) return []
  const oddities: FileOddity[] = [twice ? 'base64-twice' : 'header-lines-missing']
  if (bytes[0] === 0x30) {
    const node = readDer(bytes)
    if (node && node.end > 40) return [{ form: 'der', encoding: 'base64', der: bytes.subarray(0, node.end), oddities }]
  }
  if (twice || !isText(bytes)) return []
  const inner = new TextDecoder().decode(bytes)
  const blocks = pemBlocks(inner)
  if (blocks.length === 0) return bareBase64(inner.trim(), true)
  return blockPieces(blocks, inner).map((piece) => ({ ...piece, oddities: [...piece.oddities, 'base64-twice'] }))
}

/** Certificates as JSON, YAML, XML and mail carry them. */
function embedded(text: string): Piece[] {
  const pieces: Piece[] = []
  for (const { whole, shorter } of base64Tokens(text, maxTokens)) {
    const inside = bareBase64(whole)
    for (const piece of inside.length > 0 ? inside : bareBase64(shorter)) {
      pieces.push({ ...piece, oddities: piece.oddities.map((o) => (/twice|missing/.test(o) ? 'embedded' : o)) })
    }
  }
  return pieces
}
