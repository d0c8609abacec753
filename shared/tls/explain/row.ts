import type { CauseCode } from '../failures.ts'

/** Whose texts are in the catalogue. `OpenSSL` is its command line and programs that hand its words on. */
export type Program =
  | 'Node 20'
  | 'Node 24'
  | 'Electron'
  | 'curl'
  | 'Go'
  | 'Java'
  | 'Python'
  | 'OpenSSL'
  | 'nginx'
  | 'Windows'
  | 'macOS'
  | 'Chromium'

/**
 * One mistake and the texts that it is known by. `texts` are what programs print, as measured, up to the part that
 * changes from time to time. A text that fits is enough; `signs` are words that give it away in any program's text.
 */
export type Row = {
  /** Number of the mistake in the research: F for files, H for a refused certificate, S for server and way, X for more. */
  id: string
  code: CauseCode
  /** What is the matter, in plain words. */
  cause: string
  /** What to do; the catalogue of causes has it where this is absent. */
  next?: string
  /** Words, spelt in any way: case, hyphens and underscores do not matter. */
  signs?: readonly string[]
  /** Alerts that servers send for it. */
  alerts?: readonly number[]
  texts: Partial<Record<Program, readonly string[]>>
}
