import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { backgroundSwitch, commandSwitch } from './command-switch.ts'
import { listSwitch } from './long-lists.ts'

/** What the app was started for. */
export type Started =
  | { as: 'command'; argv: readonly string[] }
  | {
      as: 'window'
      background: boolean
      files: readonly string[]
      /** The file that names them, where they are too many for a command line. */
      list?: string
      switches: readonly string[]
    }
  | { as: 'refused'; unknown: readonly string[] }

/**
 * Switches that may stand before `--`. Chromium knows hundreds more, and some of them open the app to whoever can slip
 * one into its command line: a debugger for the page, another program in place of the renderer, no sandbox.
 */
const allowed = new Set([
  backgroundSwitch,
  listSwitch,
  '--user-data-dir',
  '--password-store',
  '--ozone-platform',
  '--ozone-platform-hint',
  '--disable-gpu',
  '--log-level',
  '--lang',
  '--force-device-scale-factor',
  '--force-renderer-accessibility',
  '--start-maximized',
  // A restart by Chromium or the system adds these by itself.
  '--original-process-start-time',
  '--no-startup-window',
])

/** Finder's number of the process, as older systems hand it over. */
const finders = /^-psn_\d+_\d+$/

/** A single letter of Windows' switches is a file elsewhere. */
const isSwitch = (word: string) => word.startsWith('-') && word !== '-'

const most = 2000
const longest = 4096

/**
 * Reads the words after the program's own (and, while developing, the app's folder). `anySwitch`: a developer may give
 * Chromium what he likes.
 */
export function readCommandLine(
  words: readonly string[],
  { folder, anySwitch = false }: { folder: string; anySwitch?: boolean },
): Started {
  const ends = words.indexOf('--')
  const before = ends < 0 ? words : words.slice(0, ends)
  const commandAt = before.indexOf(commandSwitch)
  const known = commandAt < 0 ? before : before.slice(0, commandAt)
  const unknown = known.filter(
    (word) => isSwitch(word) && !finders.test(word) && !allowed.has(word.replace(/=.*$/s, '')),
  )
  if (unknown.length > 0 && !anySwitch) return { as: 'refused', unknown }
  if (commandAt >= 0) {
    const argv = words.slice(commandAt + 1)
    return { as: 'command', argv: argv[0] === '--' ? argv.slice(1) : argv }
  }
  const named = [...before.filter((word) => !isSwitch(word)), ...(ends < 0 ? [] : words.slice(ends + 1))]
  const list = before.findLast((word) => word.startsWith(`${listSwitch}=`))?.slice(listSwitch.length + 1)
  return {
    as: 'window',
    background: before.includes(backgroundSwitch),
    files: filesNamed(named, folder),
    ...(list !== undefined && { list }),
    switches: before.filter(isSwitch),
  }
}

/** Paths or `file:` addresses, as desktops and shells name files; from a folder of the one who names them. */
export function filesNamed(words: readonly string[], folder: string): string[] {
  return words.slice(0, most).flatMap((word) => {
    const path = word.startsWith('file:') ? pathOf(word) : word
    return path === '' || path.length > longest || path.includes('\0') ? [] : [resolve(folder, path)]
  })
}

/** An address on another computer, or one that is none, names no file. */
function pathOf(address: string): string {
  try {
    return fileURLToPath(address)
  } catch {
    return ''
  }
}

/** What a second start hands to the first, as far as it is what we send. */
export function handed(data: unknown): { files: string[]; list: string | undefined; background: boolean } {
  const { files, list, background } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
  return {
    files: Array.isArray(files) ? wholePaths(files) : [],
    list: typeof list === 'string' ? list : undefined,
    background: background === true,
  }
}

export const wholePaths = (files: readonly unknown[]): string[] =>
  files
    .slice(0, most)
    .filter((path): path is string => typeof path === 'string' && path.length <= longest && isAbsolute(path))
