// @ts-check
// Builds out/ when something it is made of has changed: main process, command line, preload, page.

import './node-version.mjs'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contents } from './guide/contents.mjs'
import { withLock } from './lock.mjs'
import { run } from './run.mjs'
import { root } from './runtime.mjs'
import { main, Refusal, step } from './say.mjs'
import { ensureDependencies } from './setup.mjs'

const folders = ['electron', 'renderer', 'shared', 'scripts/guide']
const files = [
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'scripts/licence-list.mjs',
  'tsconfig.json',
  // The guide in the app.
  ...contents.flatMap(({ pages }) => pages.map(([, file]) => file)),
]
const results = ['out/main/main.cjs', 'out/main/cli.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/**
 * One hash over names and contents. Contents, not times: a fresh clone and a switched branch have new times, not new code.
 * @param {string} base
 * @param {{ folders: string[], files: string[] }} inputs
 */
export function stampOf(base, inputs) {
  const names = [...inputs.files]
  for (const folder of inputs.folders) {
    if (!existsSync(join(base, folder))) continue
    for (const entry of readdirSync(join(base, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) names.push(join(entry.parentPath, entry.name).slice(base.length + 1))
    }
  }
  const hash = createHash('sha256')
  for (const name of names.sort()) {
    const path = join(base, name)
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.from('absent')
    hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

const stampFile = join(root, 'out', 'stamp')

/** @param {string} stamp */
function upToDate(stamp) {
  return (
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === stamp &&
    results.every((name) => existsSync(join(root, name)))
  )
}

/** @returns {Promise<'built' | 'unchanged'>} */
export async function build() {
  const stamp = stampOf(root, { folders, files })
  if (upToDate(stamp)) return 'unchanged'
  return withLock(join(root, 'out', 'build.lock'), async () => {
    if (upToDate(stamp)) return 'unchanged'
    rmSync(stampFile, { force: true })
    const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const ended = await run(process.execPath, [cli, 'build'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      limitMs: 10 * 60_000,
    })
    if (ended.code !== 0) {
      const output = `${ended.stdout}\n${ended.stderr}`.trim().split('\n')
      throw new Refusal('The build failed', output.slice(-60))
    }
    const absent = results.filter((name) => !existsSync(join(root, name)))
    if (absent.length > 0) throw new Refusal(`The build left out ${absent.join(', ')}`)
    mkdirSync(join(root, 'out'), { recursive: true })
    writeFileSync(stampFile, stamp)
    return 'built'
  })
}

/** `build`, as a step that is printed. */
export const buildStep = () => step('Build', build, (told) => (told === 'built' ? '' : told))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await ensureDependencies()
    await buildStep()
    return 0
  })
}
