import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Outcome = { code: number; stdout: Buffer; stderr: string }

/** Runs a program to its end. An exit code other than 0 is an outcome; a missing program is an error. */
export function run(program: string, args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { encoding: 'buffer', maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ code: error ? Number(error.code) : 0, stdout, stderr: stderr.toString() })
    })
    // A program that needs no input may have closed it, or ended, before this is written.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

/** What OpenSSL printed; fails when it did. */
export async function openssl(args: readonly string[], input = ''): Promise<Buffer> {
  const { code, stdout, stderr } = await run('openssl', args, input)
  if (code !== 0) throw new Error(`openssl ${args.join(' ')}\n${stderr}`)
  return stdout
}

/** Arguments that bring OpenSSL 3 its old algorithms back. */
export const withLegacy = ['-provider', 'legacy', '-provider', 'default'] as const

/** A folder of its own for one test file. */
export function scratch(): {
  path: (name: string) => string
  put: (name: string, content: Uint8Array | string) => string
  remove: () => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'))
  const path = (name: string) => join(folder, name)
  return {
    path,
    put(name, content) {
      writeFileSync(path(name), content, { mode: 0o600 })
      return path(name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
