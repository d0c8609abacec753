// @ts-check
// XCA (Debian's package `xca`), where it is installed: how long it takes to import certificates into an empty database.

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen', XCA_NO_GUI: '1' }

/** @param {string} name */
const has = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0

/**
 * An empty database: XCA asks for the password of a new one on a terminal only, so it gets one.
 * @param {string} folder @returns {Promise<string | null>} null where there is no XCA
 */
export async function emptyDatabase(folder) {
  if (!has('xca') || !has('script')) return null
  const path = join(folder, 'empty.xdb')
  const command = `xca --no-gui --database '${path}' --index='${join(folder, 'index')}' --exit`
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for (let i = 0; i < 3; i++) {
    await pause(700)
    child.stdin.write('password\n')
  }
  child.stdin.end()
  await Promise.race([ended, pause(10_000)])
  child.kill()
  return existsSync(path) ? path : null
}

/** @param {string} empty @param {string} file @returns {number} milliseconds from start to exit */
export function importInto(empty, file) {
  const database = `${empty}.copy`
  copyFileSync(empty, database)
  const args = ['--no-gui', '--database', database, '--password', 'password', '--import', file, '--exit']
  const began = performance.now()
  execFileSync('xca', args, { env, stdio: 'ignore', timeout: 120_000 })
  return performance.now() - began
}
