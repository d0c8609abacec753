import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The switch by which a start is told where its list of files lies. */
export const listSwitch = '--files-from'

/**
 * Chromium hands all words of a second start to the first in one message of at most 32 KiB, and takes an app that cannot
 * answer a longer one for hanging: it ends it. What is handed beside the words counts too.
 */
const mostBytes = 8 * 1024

export const isLong = (words: readonly string[]): boolean =>
  words.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0) > mostBytes

const folderIn = (userData: string) => join(userData, 'opened')

/** Starts the same program with the list in a file instead. */
export function startWithList(program: readonly string[], files: readonly string[], userData: string): void {
  const folder = folderIn(userData)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomBytes(12).toString('hex'))
  writeFileSync(path, files.join('\0'), { mode: 0o600, flag: 'wx' })
  const [command = process.execPath, ...words] = program
  spawn(command, [...words, `${listSwitch}=${path}`], { detached: true, stdio: 'ignore' }).unref()
}

/** Once: the file goes. Only one that we have written is read. */
export function takeList(path: string, userData: string): string[] {
  if (dirname(path) !== folderIn(userData) || !/^[0-9a-f]{24}$/.test(basename(path))) return []
  try {
    return readFileSync(path, 'utf8').split('\0')
  } catch {
    return []
  } finally {
    rmSync(path, { force: true })
  }
}
