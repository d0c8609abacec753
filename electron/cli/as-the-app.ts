import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Result } from '../../shared/result.ts'
import { ok, refuse } from '../../shared/result.ts'
import { commandSwitch } from '../command-switch.ts'
import { appFolder } from './app-folder.ts'
import { keptByKeychainAlone } from './app-vault.ts'
import type { Arguments } from './args.ts'
import type { Answer } from './command.ts'
import type { Io } from './io.ts'

/** Only a keychain opens the app’s vault, and this process reaches none. */
export const onlyTheAppCanOpen = (args: Arguments, io: Io): Promise<boolean> =>
  io.keychain ? Promise.resolve(false) : keptByKeychainAlone(args.one('data') ?? appFolder())

/** Runs the same command line in the app’s own process, without a window: there the keychain of the session answers. */
export async function asTheApp(_: Arguments, io: Io): Promise<Result<Answer>> {
  const electron = electronBinary()
  if (electron === null) return refuse({ code: 'vault.keychain-elsewhere' })
  const app = appPath()
  // A display is not needed for this, and a server has none.
  const headless = process.platform === 'linux' ? ['--ozone-platform=headless', '--disable-gpu'] : []
  const child = spawn(electron, [...app, ...headless, commandSwitch, '--', ...process.argv.slice(2)], {
    stdio: ['inherit', 'pipe', 'pipe'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined },
  })
  const out: Buffer[] = []
  const notes: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => notes.push(chunk))
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  const said = Buffer.concat(out).toString('utf8').trimEnd()
  // Chromium talks to itself on standard error; ours begins with the program’s name.
  for (const line of Buffer.concat(notes).toString('utf8').split('\n'))
    if (line.startsWith('countersign:')) io.note(line)
  if (code === null || said === '') return refuse({ code: 'vault.keychain-elsewhere' })
  io.out(said)
  return ok({ exit: code === 0 ? 0 : 1 })
}

/** The packaged app finds itself; otherwise the folder above this file that is the app’s. */
function appPath(): string[] {
  if (process.versions.electron) return []
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!canBeStarted(folder) && dirname(folder) !== folder) folder = dirname(folder)
  return [folder]
}

/** The built scripts have a package.json of their own, which names nothing to start. */
function canBeStarted(folder: string): boolean {
  try {
    return 'main' in JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    return false
  }
}

function electronBinary(): string | null {
  const named = process.env.COUNTERSIGN_ELECTRON_BINARY
  if (named) return named
  if (process.versions.electron) return process.execPath
  try {
    const path: unknown = createRequire(import.meta.url)('electron')
    return typeof path === 'string' && existsSync(path) ? path : null
  } catch {
    return null
  }
}
