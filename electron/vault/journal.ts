import { open, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { type JournalFault, type JournalLine, JournalNote } from '../../shared/vault/journal.ts'
import { codeOf, makeFolder } from '../files.ts'
import { digestOf, faultsOf, isGenuine, linesOf, readLine, writeLine } from './journal-chain.ts'
import type { ManifestFile } from './manifest.ts'
import { stampOf } from './stamps.ts'
import type { VaultKeys } from './vault-key.ts'

export type Journal = {
  /**
   * Writes down what was done. Never fails what was done already: false when it could not be written now, and then it
   * is written with the next one. While the vault is locked nothing can be vouched for, so it waits as well.
   */
  note(note: JournalNote): Promise<boolean>
  /** Newest first; `before` goes on from a line's number. `search` is looked for in everything one reads. */
  read(asked: {
    search: string
    before?: number | undefined
    most: number
  }): Promise<{ lines: JournalLine[]; more: boolean }>
  /** What is wrong with it; null while the vault is locked. */
  verify(): Promise<{ lines: number; faults: JournalFault[] } | null>
  /** The file as it is, JSON lines. */
  text(): Promise<string>
}

type JournalWith = {
  folder: string
  keys(): VaultKeys | null
  manifest: ManifestFile
  now(): Date
  by: JournalLine['by']
}

const mostWaiting = 200

/** `journal.jsonl`, a line at a time. Its caller holds the folder while `append` runs. */
export function createJournalFile({ folder, keys, manifest, now, by }: JournalWith) {
  const path = join(folder, 'journal.jsonl')
  const waiting: { note: JournalNote; at: string }[] = []
  let known = { stamp: '', n: 0, head: '' }
  let read = { stamp: '', lines: [] as JournalLine[] }

  const text = () => readFile(path, 'utf8').catch((error) => (codeOf(error) === 'ENOENT' ? '' : Promise.reject(error)))

  /** Where the next line goes on: behind what is vouched for, or behind genuine lines that came after that. */
  async function endOf(vouching: Buffer): Promise<{ n: number; head: string }> {
    const listed = (await manifest.read())?.journal
    const end = listed ?? { lines: 0, head: '' }
    const { text: stamp, fresh } = await stampOf(path)
    if (stamp === known.stamp && known.n === end.lines && !fresh) return known
    const whole = await text()
    const lines = linesOf(whole)
    const torn = Buffer.byteLength(whole) - Buffer.byteLength(lines.map((line) => `${line}\n`).join(''))
    if (torn > 0) await truncate(path, Buffer.byteLength(whole) - torn)
    const tail = { n: end.lines, head: end.head }
    // Without a manifest, every line that still proves itself is taken up again.
    for (const line of listed ? lines.slice(-mostWaiting) : lines) {
      const stored = readLine(line)
      if (stored?.n === tail.n + 1 && stored.before === tail.head && isGenuine(line, vouching)) {
        Object.assign(tail, { n: stored.n, head: digestOf(line) })
      }
    }
    return tail
  }

  return {
    /** Remembers what cannot be written now. */
    wait(note: JournalNote) {
      if (waiting.length < mostWaiting) waiting.push({ note: fitting(note), at: now().toISOString() })
    },
    hasWaiting: () => waiting.length > 0,
    /** Writes what waits. The vault is open. */
    async flush(): Promise<void> {
      const open_ = keys()
      if (!open_ || waiting.length === 0) return
      await makeFolder(folder)
      const end = await endOf(open_.vouching)
      let { n, head } = end
      let added = ''
      for (const { note, at } of waiting) {
        const line = writeLine({ n: ++n, at, by, ...note }, head, open_.vouching)
        head = digestOf(line)
        added += `${line}\n`
      }
      const file = await open(path, 'a', 0o600)
      try {
        await file.writeFile(added)
        await file.sync()
      } finally {
        await file.close()
      }
      waiting.length = 0
      await manifest.change(({ journal }) => void Object.assign(journal, { lines: n, head }))
      known = { stamp: (await stampOf(path)).text, n, head }
    },
    async read({ search, before, most }: Parameters<Journal['read']>[0]) {
      const { text: stamp, fresh } = await stampOf(path)
      if (stamp !== read.stamp || fresh) {
        const lines = linesOf(await text()).flatMap((line) => {
          const { before: _, vouched: __, ...shown } = readLine(line) ?? {}
          return 'n' in shown ? [shown as JournalLine] : []
        })
        read = { stamp, lines }
      }
      const words = search.toLowerCase().split(/\s+/)
      const found = read.lines.filter((line) => {
        if (before !== undefined && line.n >= before) return false
        const all = `${line.at} ${line.what} ${line.what.replaceAll('-', ' ')} ${line.kind} ${line.name ?? ''} ${line.detail ?? ''} ${line.by}`
        return words.every((word) => all.toLowerCase().includes(word))
      })
      return { lines: found.slice(-most).reverse(), more: found.length > most }
    },
    async verify() {
      const open_ = keys()
      if (!open_) return null
      const whole = await text()
      const end = (await manifest.read())?.journal ?? null
      const nothing = whole === '' && end === null && !(await manifest.exists())
      return { lines: linesOf(whole).length, faults: nothing ? [] : faultsOf(whole, end, open_.vouching) }
    },
    text,
  }
}

/** Within the limits of a line: one that did not fit would look altered when it is read again. */
function fitting({ what, kind, id, name, detail }: JournalNote): JournalNote {
  const note = { what, kind, id: id?.slice(0, 64), name: name?.slice(0, 200), detail: detail?.slice(0, 300) }
  return JournalNote.safeParse(note).data ?? { ...note, what: 'noted' }
}

export type JournalFile = ReturnType<typeof createJournalFile>
