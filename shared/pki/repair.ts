import { readCertificate } from './certificate.ts'
import { betterOrder } from './certificate-order.ts'
import type { Bytes } from './der.ts'
import { sameBytes } from './der.ts'
import type { ObjectKind } from './facts.ts'
import type { Repair } from './inspect-calls.ts'
import type { Block } from './repair-blocks.ts'
import { rewrite } from './repair-blocks.ts'
import type { Change } from './repair-words.ts'
import { changeWords } from './repair-words.ts'
import type { Piece } from './triage.ts'
import { triage } from './triage.ts'

/** A repair with what goes to a file: `text` as octets, or a private key, which no page sees. */
export type Repaired = Repair & { bytes: Bytes; objects: { kind: ObjectKind; der: Bytes }[] }

/**
 * Writes the pieces of a file (or one of them) as programs want them, when they are not so: as PEM with lines of 64, the
 * right labels, the leaf first. Nothing is opened, so what is encrypted stays so, and the objects are the same octet for
 * octet. `null` when nothing needs changing, or nothing can be read. Repairing what this wrote gives `null`. `name` is
 * the file's, for naming the new one.
 */
export function repairOf(name: string, pieces: readonly Piece[]): Repaired | null {
  const changes = new Set<Change>()
  const blocks: Block[] = []
  for (const piece of pieces) {
    const rewritten = rewrite(piece)
    for (const change of [...piece.oddities, ...rewritten.changes]) changes.add(change)
    // Said of the file; alone, a piece has no place to be moved to.
    changes.delete('order')
    for (const block of rewritten.blocks) blocks.push(block)
  }
  const bundles = blocks.filter(({ bundle }) => bundle)
  if (blocks.length === 0 || (bundles.length > 0 && blocks.length > 1)) return null
  if (putInOrder(blocks)) changes.add('order')
  // A block of another kind is not what makes a file need repair.
  if (![...changes].some((change) => change !== 'left-out')) return null
  const secret = blocks.some(({ kind }) => kind === 'private-key' || kind === 'pkcs12')
  const text = blocks.map(({ pem }) => pem).join('')
  return {
    changes: changeWords(changes),
    fileName: repairedName(name, blocks),
    text: secret ? null : text,
    bytes: bundles[0]?.der ?? new TextEncoder().encode(text),
    objects: blocks.map(({ kind, der }) => ({ kind, der })),
  }
}

/** `repairOf` for the bytes of a whole file. */
export const repairOfFile = (name: string, bytes: Bytes): Repaired | null => repairOf(name, triage(bytes).pieces)

/** Moves certificates into each other's places where their order is wrong; what lies between them stays. */
function putInOrder(blocks: Block[]): boolean {
  const places = blocks.flatMap(({ kind }, at) => (kind === 'certificate' ? [at] : []))
  if (places.length < 2 || places.length > 20) return false
  const certificates = places.flatMap((at) => readCertificate(blocks[at]!.der) ?? [])
  const wanted = betterOrder(certificates)
  if (!wanted || wanted.length !== places.length) return false
  const moved = wanted.map(({ der }) => blocks.find((block) => sameBytes(block.der, der))!)
  for (const [i, at] of places.entries()) blocks[at] = moved[i]!
  return true
}

/** Extensions that say PEM, or leave it open, by what is inside. */
const customary: Partial<Record<ObjectKind, readonly string[]>> = {
  certificate: ['pem', 'crt', 'cer', 'cert'],
  request: ['pem', 'csr', 'req', 'p10'],
  crl: ['pem', 'crl'],
  'private-key': ['pem', 'key'],
  'public-key': ['pem', 'pub'],
  pkcs12: ['p12', 'pfx'],
}

/** The name stays where it fits what is written; the extension of another kind of file goes. */
function repairedName(name: string, blocks: readonly Block[]): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1).toLowerCase()] : [name, '']
  const kind = blocks.every((block) => block.kind === blocks[0]!.kind) ? blocks[0]!.kind : 'unknown'
  const fitting = customary[kind] ?? ['pem']
  return fitting.includes(extension) ? name : `${stem || 'repaired'}.${fitting[0]}`
}
