import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One line of the corpus's index: what the file is, and what OpenSSL, Python's cryptography and Node said of it. */
export type CorpusRow = {
  /** Path from the repository's root. */
  path: string
  file: string
  kind: string
  format: string
  password?: string
  expect: 'ok' | 'error'
  why?: string
  tolerance?: string
  // biome-ignore lint/suspicious/noExplicitAny: the index holds whatever three tools said.
  facts: Record<string, any>
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'corpus')

export function corpusRows(kind: string): CorpusRow[] {
  const rows: CorpusRow[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
  return rows.filter((row) => row.kind === kind).map((row) => ({ ...row, path: join(folder, row.file) }))
}
