import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVault } from '../../electron/vault/vault.ts'
import { builtProgram } from './built-reader.ts'
import { fixedKeychain, quickStretch } from './fixed-keychain.ts'
import { filesWithSecrets, marker } from './vault-marker.ts'

export type CrashCounts = {
  rounds: number
  /** Acts that were done before a kill, and acts that a kill interrupted. */
  done: number
  interrupted: number
  /** Interrupted acts that were found done, and those found undone. */
  after: number
  before: number
  faults: string[]
}

type Line = { ready?: true; begin?: { handle: string; version: number }; done?: { handle?: string; version?: number } }

/**
 * Kills a process at random moments while it writes, changes, removes, backs up and rewraps, and looks each time whether
 * everything it had said to be done is there, whole, and nothing else.
 */
export async function crashRounds(
  rounds: number,
  tell: (counts: CrashCounts) => void = () => {},
): Promise<CrashCounts> {
  const program = fileURLToPath(await builtProgram('test/support/vault-child.ts'))
  const folder = mkdtempSync(join(tmpdir(), 'crash-'))
  const expected = new Map<string, number>()
  const counts: CrashCounts = { rounds: 0, done: 0, interrupted: 0, after: 0, before: 0, faults: [] }
  while (counts.rounds < rounds && counts.faults.length === 0) {
    const open = await oneLife(program, folder, expected, counts)
    counts.rounds++
    counts.faults.push(...(await look(folder, expected, open, counts)))
    tell(counts)
  }
  return counts
}

/** Runs the process for a while and kills it. Answers what it was about to do. */
async function oneLife(program: string, folder: string, expected: Map<string, number>, counts: CrashCounts) {
  const child = spawn(process.execPath, [program, 'storm', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  let err = ''
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  let timer: NodeJS.Timeout | undefined
  // Counted in acts and not in time, so that a busy computer is killed in the middle of them as well; in every fifth
  // life in the very first moments.
  const acts = Math.random() < 0.2 ? 0 : Math.floor(Math.random() * 20)
  child.stdout.on('data', (chunk) => {
    text += chunk
    if (text.split('"begin"').length <= acts) return
    timer ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * 40)
  })
  await ended
  clearTimeout(timer)
  if (child.signalCode !== 'SIGKILL') counts.faults.push(`the process ended by itself: ${err.slice(0, 500)}`)
  let open: { handle: string; version: number } | undefined
  for (const line of text.split('\n').slice(0, -1)) {
    const { begin, done } = JSON.parse(line) as Line
    if (begin) open = begin
    if (done?.handle === undefined) continue
    open = undefined
    counts.done++
    if (done.version === 0) expected.delete(done.handle)
    else expected.set(done.handle, done.version ?? 0)
  }
  if (open) counts.interrupted++
  return open
}

/** Opens the vault as the next start of the app would. */
async function look(
  folder: string,
  expected: Map<string, number>,
  open: { handle: string; version: number } | undefined,
  counts: CrashCounts,
): Promise<string[]> {
  const faults: string[] = []
  const vault = createVault(join(folder, 'vault'), fixedKeychain, { stretch: quickStretch })
  if ((await vault.state()).state !== 'open') faults.push('the vault does not open')
  const { records, damaged } = await vault.identities.list()
  faults.push(...damaged.map((one) => `damaged: ${one}`))
  const found = new Map(records.map((record) => [record.handle, Number(record.accepted[0])]))
  for (const handle of new Set([...expected.keys(), ...found.keys()])) {
    const [was, is] = [expected.get(handle) ?? 0, found.get(handle) ?? 0]
    const may = open?.handle === handle ? [was, open.version] : [was]
    if (!may.includes(is)) faults.push(`${handle} is in version ${is}, not ${may.join(' or ')}`)
    if (is === 0) {
      expected.delete(handle)
      continue
    }
    expected.set(handle, is)
    const secret = await vault.identities.secret(handle, 'privateKey')
    const text = secret.ok ? secret.value?.toString() : secret.problem.code
    if (text !== `${marker} ${handle} ${is}`) faults.push(`${handle} has another secret`)
  }
  if (open) counts[(found.get(open.handle) ?? 0) === open.version ? 'after' : 'before']++
  // Killed before there was a vault at all.
  const isMade = existsSync(join(folder, 'vault', 'vault.json'))
  const verified = await vault.journal.verify()
  if (isMade && !verified) faults.push('the journal cannot be checked')
  for (const { line, says } of verified?.faults ?? []) {
    faults.push(`journal ${line}: ${says}`)
  }
  for (const { name } of await vault.backups.automatic.list()) {
    if (!(await vault.backups.openAutomatic(name)).ok) faults.push(`${name} does not open`)
  }
  faults.push(...filesWithSecrets(folder).map((path) => `a secret in the clear in ${path}`))
  return faults
}
