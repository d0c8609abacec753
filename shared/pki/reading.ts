import type { Bytes } from './der.ts'
import type { Draft } from './drafts.ts'
import { certificateDraft, crlDraft } from './drafts.ts'
import type { InspectedObject, Relation } from './facts.ts'
import type { Found } from './found.ts'
import { relatedOf, signedDer } from './found.ts'
import type { NamedFile, ReadingHears } from './inspect.ts'
import { judged, nameOfFile, objectOf, placed, readObjects } from './inspect.ts'
import type { Mine, ObjectRow, OpenedObject } from './inspect-calls.ts'
import { readPiece } from './inspect-piece.ts'
import { isLocked } from './locked.ts'
import type { Own } from './mine.ts'
import { mineAmong } from './mine.ts'
import { findingsAmong } from './pair-findings.ts'
import type { Related } from './relate.ts'
import { relate } from './relate.ts'
import { repairOf } from './repair.ts'
import { rowOf } from './row.ts'
import type { Piece } from './triage.ts'

/**
 * One object of a reading: its row, and what it takes to read it again. Fifty thousand of them have to fit, so what can
 * be read again in a fraction of a millisecond is not kept.
 */
export type Entry = {
  row: ObjectRow
  fileAt: number
  related: Related
  /** Kept of what takes a passphrase or holds others: those cannot be read again at once. */
  draft?: Draft
  piece?: Piece
  /** A certificate's or list's DER, where it lies inside a container. */
  der?: Bytes
  friendlyName?: string
  /** Its structure and who opens it, once somebody asked. */
  inside?: Inside
  /** It did not come alone, so that its faults weigh less. */
  among: boolean
}

export type Inside = Pick<OpenedObject, 'container' | 'whoOpens'>

export type Rows = {
  rows: ObjectRow[]
  /** For each row, the index of its file. */
  fileAt: number[]
  /** How many objects have been read so far; rows begin there when `from` was not reached. */
  read: number
  /** How many there will be at least; the number once `done`. */
  total: number
  done: boolean
}

/** Beyond this many certificates, only those of authorities are of use to a question of trust. */
const maxPile = 2000
/** Files of up to this many pieces are repaired as a whole, which puts certificates in order; others piece by piece. */
const maxRepairedTogether = 20

/**
 * Reads files bit by bit, and keeps what is needed to open an object later. Nothing of it leaves the process that reads
 * but rows, opened objects and what is asked for by name.
 */
export class Reading {
  readonly entries: Entry[] = []
  readonly files: readonly NamedFile[]
  private readonly today: Date
  /** Those that have opened something, to look into containers once more. They stay in the process that reads. */
  readonly passphrases: string[]
  private readonly ahead: AsyncGenerator<Found>
  private readonly at: Map<string, number> = new Map()
  private done = false
  private fileNow = 0
  private pieces = 0
  private readOfFile = 0

  constructor(files: readonly NamedFile[], passphrases: readonly string[], today: Date, hears: ReadingHears = {}) {
    this.files = files
    this.today = today
    this.passphrases = [...passphrases]
    this.ahead = readObjects(
      files,
      { passphrases: this.passphrases, today },
      {
        ...hears,
        file: (index) => {
          this.fileNow = index
          this.pieces = 0
          this.readOfFile = 0
          hears.file?.(index)
        },
        pieces: (count) => {
          this.pieces = count
          hears.pieces?.(count)
        },
      },
    )
  }

  /** At most `most` rows from `from`; once there is a new one, reads on for at most `withinMs`. */
  async rows(from: number, most: number, withinMs: number): Promise<Rows> {
    let until = Infinity
    while (!this.done && this.entries.length < from + most) {
      const next = await this.ahead.next()
      if (next.done) this.done = true
      else this.keep(next.value)
      // Taking a file apart is no reason to answer with its first object alone.
      if (until === Infinity) until = performance.now() + withinMs
      else if (performance.now() > until) break
    }
    const { entries, done, files, fileNow, pieces, readOfFile } = this
    const shown = entries.slice(from, from + most)
    const pending = Math.max(0, pieces - readOfFile) + Math.max(0, files.length - fileNow - 1)
    return {
      rows: shown.map(({ row }) => row),
      fileAt: shown.map(({ fileAt }) => fileAt),
      read: entries.length,
      total: entries.length + (done ? 0 : pending),
      done: done && from + most >= entries.length,
    }
  }

  private keep(found: Found): void {
    if (found.object.inside === undefined) this.readOfFile++
    this.at.set(found.object.id, this.entries.length)
    this.entries.push(this.entryOf(found))
  }

  private entryOf(found: Found): Entry {
    const { object, draft, piece, fileAt } = found
    const { certificate, crl, problem, contents: _, ...kept } = draft
    const again = !problem && (certificate || crl || object.kind === 'request' || object.kind === 'public-key')
    return {
      row: rowOf(object, this.repairable(found)),
      fileAt,
      related: relatedOf(found),
      ...(!again && { draft: { ...kept, problem } }),
      ...(piece && { piece }),
      ...(!piece && { der: signedDer(found), friendlyName: object.facts.friendlyName }),
      among: found.among ?? false,
    }
  }

  private repairable({ object, piece, fileAt }: Found): boolean {
    if (!piece) return false
    // Only among its neighbours is a certificate in the wrong place.
    if (piece.oddities.includes('order')) return true
    // Most are in order, and a thousand of them are not written anew to find that out.
    const odd = piece.encoding !== 'PEM' || object.findings.some(({ code }) => code.startsWith('file.'))
    return odd && repairOf(nameOfFile(this.files[fileAt]!.file), [piece]) !== null
  }

  find(id: string): Entry | undefined {
    return this.entries[this.at.get(id) ?? -1]
  }

  /** The object read anew, with everything that is known of it. */
  async object(entry: Entry): Promise<InspectedObject> {
    const { row, among } = entry
    const draft = entry.draft ?? (await this.readAgain(entry))
    const found = { object: objectOf(row.file, row.id, draft, row.inside), draft, fileAt: 0 }
    const { object } = judged(found, this.today, among)
    const pair = findingsAmong(this.entries.map((other) => other.row)).get(row.id)
    if (pair) object.findings.push(pair)
    return object
  }

  private async readAgain({ row, piece, der, friendlyName }: Entry): Promise<Draft> {
    const draft = piece
      ? await readPiece(piece, nameOfFile(row.file), { passphrases: [], today: this.today })
      : der && (row.kind === 'crl' ? crlDraft(der, this.today) : certificateDraft(der, friendlyName))
    if (!draft) throw new Error('an object was read once and not again')
    return draft
  }

  /** The other pieces of its file too, where they are few: a wrong order shows among them only. */
  repair({ fileAt, piece }: Entry): ReturnType<typeof repairOf> {
    if (!piece) return null
    const pieces = this.entries.flatMap((other) => (other.fileAt === fileAt && other.piece ? [other.piece] : []))
    return repairOf(nameOfFile(this.files[fileAt]!.file), pieces.length <= maxRepairedTogether ? pieces : [piece])
  }

  /** Tries a passphrase on everything that is locked; what it opens stays open. Answers the ids of those. */
  async unlock(passphrase: string, hears: ReadingHears = {}): Promise<string[]> {
    const opened: string[] = []
    for (const entry of this.entries.filter(({ row, piece }) => piece && isLocked(row))) {
      hears.opening?.()
      const { piece, row, fileAt } = entry
      // Each key of a keystore may have a passphrase of its own, and those opened before stay open.
      const passphrases = row.kind === 'keystore' ? [passphrase, ...this.passphrases] : [passphrase]
      const draft = await readPiece(piece!, nameOfFile(row.file), { passphrases, today: this.today })
      const found = placed(row.file, fileAt, Number(row.id), { draft, piece })
      const fewer = (found[0]!.object.facts.keysLocked ?? 0) < (row.facts.keysLocked ?? 0)
      if (isLocked(found[0]!.object) && !fewer) continue
      opened.push(row.id)
      const certificates = found.filter((one) => one.draft.certificate).length
      const entries = found.map((one) => this.entryOf(judged(one, this.today, certificates > 1)))
      // What a keystore shows without a passphrase is there already.
      const inside = this.entries.filter((other) => other.row.inside === row.id).length
      this.entries.splice(this.entries.indexOf(entry), 1 + inside, ...entries)
    }
    if (opened.length === 0) return opened
    this.passphrases.push(passphrase)
    this.at.clear()
    for (const [at, { row }] of this.entries.entries()) this.at.set(row.id, at)
    return opened
  }

  /** What a question of trust may use: certificates, roots among them, lists. Of thousands, authorities only. */
  material(): { certificates: Bytes[]; roots: Bytes[]; crls: Bytes[] } {
    const certificates = this.entries.filter(({ row, related }) => row.kind === 'certificate' && related.der)
    const useful =
      certificates.length > maxPile ? certificates.filter(({ row }) => row.facts.isCa === true) : certificates
    const ders = (entries: readonly Entry[]) => entries.flatMap(({ related }) => related.der ?? [])
    return {
      certificates: ders(useful),
      roots: ders(useful.filter(({ row: { facts } }) => facts.selfSigned && facts.isCa)),
      crls: ders(this.entries.filter(({ row }) => row.kind === 'crl')),
    }
  }

  async relations(own: readonly Own[]): Promise<{ relations: Relation[]; mine: Mine[] }> {
    const related = this.entries.map((entry) => entry.related)
    return { relations: await relate(related), mine: await mineAmong(related, own) }
  }
}
