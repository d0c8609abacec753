import type { Keychain } from '../vault/keychain.ts'
import { readSecret } from './prompt.ts'

/** What a command line has around it. Tests bring their own. */
export type Io = {
  /** Lines for the result (standard output). */
  out(text: string): void
  /** The result as octets, where a command was asked for a file on standard output. */
  put(bytes: Uint8Array): void
  /** Lines for people beside the result: warnings, progress (standard error). */
  note(text: string): void
  /** Somebody sits there who can be asked. */
  interactive: boolean
  /** Steps are shown as they happen: text output that somebody may be reading. */
  colour: boolean
  /** Asks without showing what is typed; null when it was broken off. */
  ask(question: string): Promise<string | null>
  stdin(): Promise<Uint8Array>
  now(): Date
  /** The system’s keychain, in the app’s own process; plain Node reaches none. */
  keychain?: Keychain
  /** Resolves when the user wants to stop (Ctrl-C). */
  stopped(): Promise<void>
}

/** Standard input is read whole, but not without end. */
const mostStdinBytes = 65 * 1024 * 1024

/** `end`: how this process is ended when its result cannot be written. */
export function processIo(end: (code: number) => void = process.exit): Io {
  const { stdin, stdout, stderr, env } = process
  // A reader that has seen enough, such as `head`, is no fault: the command ends with the exit code that it has earned.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    stderr.write('countersign: the result could not be written: is the disk full?\n')
    end(1)
  })
  // Notes that nobody can read change nothing about the result.
  stderr.on('error', () => {})
  return {
    out: (text) => void stdout.write(`${text}\n`),
    put: (bytes) => void stdout.write(bytes),
    note: (text) => void stderr.write(`${text}\n`),
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    ask: (question) => readSecret(stdin, stderr, question),
    async stdin() {
      const chunks: Buffer[] = []
      let bytes = 0
      for await (const chunk of stdin) {
        chunks.push(chunk as Buffer)
        bytes += (chunk as Buffer).length
        if (bytes > mostStdinBytes) break
      }
      return Buffer.concat(chunks)
    },
    now: () => new Date(),
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      }),
  }
}
