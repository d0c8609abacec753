import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Log = {
  /** A line in our own words. Never put a value from a file, a form or a library into it. */
  note(line: string): void
  /** Something threw: its kind, code and call sites are kept; its message is not, because it may quote a secret. */
  bug(where: string, thrown: unknown): void
}

const maxBytes = 512 * 1024

/** Writes to `<folder>/countersign.log`, keeps one older file beside it. A full disk silences it, nothing else. */
export function createLog(folder: string, echo: (line: string) => void = () => {}): Log {
  const file = join(folder, 'countersign.log')
  let ready = false
  const write = (text: string) => {
    echo(text)
    try {
      if (!ready) mkdirSync(folder, { recursive: true, mode: 0o700 })
      ready = true
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, `${file}.older`)
      appendFileSync(file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 })
    } catch {
      // Logging must never be the reason why a call fails.
    }
  }
  return { note: write, bug: (where, thrown) => write(`bug in ${where}: ${describeBug(thrown)}`) }
}

/** Kind, code and call sites of what was thrown. */
export function describeBug(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `a thrown ${typeof thrown}`
  const code = (thrown as { code?: unknown }).code
  // The stack begins with the message, and a message may have lines that look like call sites.
  const stack = thrown.message === '' ? thrown.stack : thrown.stack?.replace(thrown.message, () => '')
  const sites = (stack ?? '').split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
  return [`${thrown.name}${typeof code === 'string' ? ` (${code.slice(0, 60)})` : ''}`, ...sites.slice(0, 12)].join(
    '\n',
  )
}
