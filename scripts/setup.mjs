// @ts-check
// What every command does first, on a fresh machine and on the hundredth start: dependencies, Electron, system packages.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { explainNpm, npmCommand } from './npm.mjs'
import { run } from './run.mjs'
import { describe, ensureRuntime, root } from './runtime.mjs'
import { note, step, warn } from './say.mjs'
import { ensureSystem } from './system.mjs'

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }> }} Lock */

/** @param {string} path @returns {Lock | undefined} */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Whether what npm noted in node_modules is what the lockfile asks for. npm writes that note last, so an interrupted
 * installation has none; an optional package may be missing, because it is for another platform.
 * @param {Lock | undefined} wanted package-lock.json
 * @param {Lock | undefined} found node_modules/.package-lock.json
 */
export function sameTree(wanted, found) {
  if (!wanted?.packages || !found?.packages) return false
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (path === '' || entry.link) continue
    const have = found.packages[path]
    if (!have && entry.optional) continue
    if (!have || have.version !== entry.version) return false
    if (have.integrity && entry.integrity && have.integrity !== entry.integrity) return false
  }
  return true
}

const dependenciesFit = () =>
  sameTree(readLock(join(root, 'package-lock.json')), readLock(join(root, 'node_modules', '.package-lock.json')))

/** The dependencies exactly as in package-lock.json; nothing happens when they are there. */
export async function ensureDependencies() {
  if (dependenciesFit()) return
  const why = existsSync(join(root, 'node_modules')) ? 'package-lock.json has changed' : 'first start'
  await step(`Dependencies (npm ci: ${why})`, () =>
    withLock(join(root, 'out', 'npm-ci.lock'), async () => {
      if (dependenciesFit()) return
      const [npm, before] = npmCommand(process.env)
      const ended = await run(npm, [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        limitMs: 30 * 60_000,
      })
      if (ended.code !== 0) throw explainNpm(ended.stderr + ended.stdout)
    }),
  )
}

/**
 * Dependencies, Electron, system packages.
 * @param {{ display?: boolean, interop?: boolean }} [also] as for `ensureSystem`
 */
export async function setUp(also = {}) {
  // What root makes here is read by the ordinary user that Electron runs as.
  if (process.getuid?.() === 0) process.umask(0o022)
  await ensureDependencies()
  const runtime = await step('Electron', () => ensureRuntime(), describe)
  if (runtime.fresh && runtime.source === 'fallback') {
    warn(
      `Electron ${runtime.version} gets no security fixes any more: it is for development and tests, not for a release.`,
    )
    note('`node scripts/runtime.mjs --official` tries to get the official one again.')
  }
  await step(
    'System packages',
    () => ensureSystem(also),
    (told) => told,
  )
  return runtime
}
