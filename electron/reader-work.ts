import { takeIn } from '../shared/intake/take-in.ts'
import { asn1Tree } from '../shared/pki/asn1-tree.ts'
import { certificatesIn } from '../shared/pki/certificates-in.ts'
import { compareObjects } from '../shared/pki/compare.ts'
import { convertDropped } from '../shared/pki/convert-dropped.ts'
import { holdsPlainKey } from '../shared/pki/holds-key.ts'
import type { NamedFile, ReadingHears } from '../shared/pki/inspect.ts'
import { inspectAll, nameOfFile } from '../shared/pki/inspect.ts'
import type { PathVerdict, Structure } from '../shared/pki/inspect-calls.ts'
import { comparedObject, derOf, openedObject, savedForm } from '../shared/pki/open-object.ts'
import { checkTrust } from '../shared/pki/path/check-trust.ts'
import { verifyFiles } from '../shared/pki/path/verify-files.ts'
import { type Entry, Reading } from '../shared/pki/reading.ts'
import { checkSignaturesBy } from '../shared/pki/verify.ts'
import type { Problem } from '../shared/problems.ts'
import { ok, type Result, refuse } from '../shared/result.ts'
import { nodeVerifies } from './node-signatures.ts'
import type { Job, ReadingQuestion, Report } from './reader-jobs.ts'

/** Kinds that hold no private key, whatever their octets. */
const publicKinds = new Set<string>(['certificate', 'request', 'crl', 'public-key'])

/** Readings that stay here at once, so that two objects of two drops are compared without reading both anew. */
const mostReadings = 4
const mostBytes = 32 * 1024 * 1024

type Begun = { files: NamedFile[]; passphrases: string[]; today: Date; reading?: Reading }

type AboutReading = Exclude<Extract<Job, { reading: number }>, { call: 'begin' | 'part' | 'forget' | 'trust' }>

/**
 * The work of the reader, wherever it runs: it parses foreign bytes and answers public facts. A private key that it
 * opens is dropped; octets of one leave it only to be written to a file (`saved`, `repaired`, `converted`) or to be sealed into the
 * vault (`takeIn`), never for the page.
 * Jobs come one at a time.
 */
export function createReaderWork(report: (report: Report) => void): (job: Job) => Promise<void> {
  checkSignaturesBy(nodeVerifies)
  const begun = new Map<number, Begun>()
  let id = 0
  const hears: ReadingHears = { file: (at) => report({ id, at }), opening: () => report({ id, opening: true }) }

  const readingOf = (one: Begun): Reading => {
    one.reading ??= new Reading(one.files, one.passphrases, one.today, hears)
    return one.reading
  }

  const perform = async (job: Job): Promise<unknown> => {
    switch (job.call) {
      case 'inspect':
        return inspectAll(job.files, job.passphrases, new Date(job.today), hears)
      case 'takeIn':
        return takeIn(job.files, job.passphrases, hears)
      case 'certificatesIn':
        hears.opening?.()
        return certificatesIn(job.name, job.bytes, job.passphrases[0], new Date(job.today))
      case 'compare':
        return compareObjects(job.a, job.b)
      case 'verify':
        return verifyFiles(job.question)
      case 'trust':
        if (job.reading === null) return judge(job.question)
        return begun.has(job.reading) ? judge(job.question, readingOf(begun.get(job.reading)!)) : unknown
      case 'begin': {
        const files = job.files.map(({ size, ...file }) => ({ ...file, bytes: new Uint8Array(size) }))
        begun.delete(job.reading)
        begun.set(job.reading, { files, passphrases: job.passphrases, today: new Date(job.today) })
        makeRoom(begun)
        return null
      }
      case 'part':
        for (const { file, at, bytes } of job.parts) begun.get(job.reading)?.files[file]?.bytes.set(bytes, at)
        return null
      case 'forget':
        begun.delete(job.reading)
        return null
      default: {
        const one = begun.get(job.reading)
        if (!one) return unknown
        return about(readingOf(one), job, hears)
      }
    }
  }

  return async (job) => {
    id = job.id
    report({ id, begun: true })
    try {
      const value = await perform(job)
      report(value === unknown ? { id, unknown: true } : { id, value })
    } catch {
      // The message may quote what it met: that it failed is all that is told.
      report({ id, failed: true })
    }
  }
}

const unknown = Symbol('a reading that is not here')

/** Gives up the oldest readings; they are begun again when they are asked about. */
function makeRoom(begun: Map<number, Begun>): void {
  const sizeOf = ({ files }: Begun) => files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  let size = [...begun.values()].reduce((sum, one) => sum + sizeOf(one), 0)
  for (const [name, one] of begun) {
    if (begun.size === 1 || (begun.size <= mostReadings && size <= mostBytes)) return
    size -= sizeOf(one)
    begun.delete(name)
  }
}

async function about(reading: Reading, job: AboutReading, hears: ReadingHears): Promise<unknown> {
  switch (job.call) {
    case 'rows':
      return reading.rows(job.from, job.most, job.withinMs)
    case 'relations':
      return reading.relations(job.own)
    case 'converted': {
      const { files, passphrases } = reading
      const pile = reading.material().certificates
      return convertDropped(files, job.question, { passphrases, pile }, hears)
    }
    case 'unlock':
      return reading.unlock(job.passphrase, hears)
    case 'open':
      // The structure of a container is read by its passphrase.
      hears.opening?.()
      return onEntry(reading, job.object, async (entry) => ok(await openedObject(reading, entry)))
    case 'compared':
      return onEntry(reading, job.object, async (entry) => ok(await comparedObject(reading, entry)))
    case 'structure':
      return onEntry(reading, job.object, (entry) => structureOf(entry))
    case 'certificate':
      return onEntry(reading, job.object, (entry, name) => {
        const der = entry.row.kind === 'certificate' ? entry.related.der : undefined
        return der ? ok(der) : refuse({ code: 'attach.no-certificate', name, found: 'something else' })
      })
    case 'saved':
      return onEntry(reading, job.object, (entry, name) => {
        const saved = savedForm(entry, job.form)
        const form = job.form === 'pem' ? 'PEM' : 'DER'
        return saved ? ok(saved) : refuse({ code: 'object.no-such-form', name, form })
      })
    case 'repaired':
      return onEntry(reading, job.object, (entry, name) => {
        const repaired = reading.repair(entry)
        if (!repaired) return refuse({ code: 'object.nothing-to-repair', name })
        const { fileName, bytes, text } = repaired
        return ok({ fileName, bytes, secret: text === null })
      })
  }
}

function judge({ leaf, pile, roots, purpose, host, at }: ReadingQuestion, reading?: Reading): Promise<PathVerdict> {
  const material = reading?.material() ?? { certificates: [], roots: [], crls: [] }
  return checkTrust({
    leaf,
    pile: [...pile, ...material.certificates],
    roots: roots === 'dropped' ? material.roots : roots,
    crls: material.crls,
    purpose,
    ...(host !== undefined && { host }),
    at: new Date(at),
  })
}

async function onEntry<T>(
  reading: Reading,
  object: string,
  answer: (entry: Entry, name: string) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const entry = reading.find(object)
  return entry ? answer(entry, nameOfFile(entry.row.file)) : refuse({ code: 'object.not-found' })
}

function structureOf(entry: Entry): Result<Structure> {
  const { kind, file } = entry.row
  const name = nameOfFile(file)
  const holdsKey: Problem = { code: 'object.holds-key', name }
  if (kind === 'private-key') return refuse(holdsKey)
  const der = derOf(entry)
  if (der?.[0] !== 0x30) return refuse({ code: 'object.no-such-form', name, form: 'DER' })
  if (!publicKinds.has(kind) && holdsPlainKey(der)) return refuse(holdsKey)
  return ok(asn1Tree(der, kind))
}
