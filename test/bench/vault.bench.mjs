// @ts-check
// A thousand identities beside one: from the start until the list is drawn, memory, and unlocking beyond what scrypt takes. Both
// vaults are made by the app itself, with the session's keyring; then the app starts by turns with the one and the other.

import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const runs = Number(process.env.COUNTERSIGN_BENCH_RUNS ?? 7)
const many = Number(process.env.COUNTERSIGN_BENCH_IDENTITIES ?? 1000)
const settleMs = 2500
const electron = process.env.COUNTERSIGN_ELECTRON_BINARY ?? join(process.cwd(), 'node_modules/electron/dist/electron')
const app = process.argv[2] ?? process.cwd()
const home = mkdtempSync(join(tmpdir(), 'vault-bench-'))

// Loaded before the app's own code: runs a script in the page once it is there, and prints what it answers.
const watcher = join(home, 'watch.cjs')
writeFileSync(
  watcher,
  `const { app } = require('electron')
  app.commandLine.appendSwitch('password-store', 'gnome-libsecret')
  app.on('browser-window-created', (_, window) => {
    window.webContents.once('dom-ready', async () => {
      const answer = await window.webContents.executeJavaScript(process.env.BENCH_SCRIPT).catch((error) => ({ error: String(error) }))
      const at = Date.now()
      setTimeout(() => {
        console.log('BENCH ' + JSON.stringify({ at, answer }))
        if (process.env.BENCH_QUIT) app.quit()
      }, Number(process.env.BENCH_WAIT ?? 0))
    })
  })`,
)

const plan = `{ provider: 'truv', environment: 'sandbox', answers: { name: 'acme' }, subject: {}, subjectAltNames: [], key: 'ec-p256' }`
const fill = (/** @type {number} */ count) => `(async () => {
  for (let n = 0; n < ${count}; n++) {
    const made = await desk.createIdentity({ work: 'fill-' + n, plan: { ...${plan}, name: 'Acme ' + String(n).padStart(4, '0') } })
    if (!made.ok) throw new Error(made.problem.code)
  }
})()`

const untilListed = `new Promise((resolve) => {
  const look = () => document.body.innerText.includes('Acme 0') ? resolve(null) : setTimeout(look, 4)
  look()
})`

const unlocking = `(async () => {
  const done = async (asked) => { const answer = await asked; if (!answer.ok) throw new Error(answer.problem.code); return answer.value }
  await done(desk.setVaultPassphrase({ passphrase: 'four plain words together' }))
  const took = []
  for (let n = 0; n < 5; n++) {
    await done(desk.lockVault({}))
    const since = performance.now()
    await done(desk.unlockVault({ passphrase: 'four plain words together' }))
    await done(desk.listIdentities({}))
    took.push(performance.now() - since)
  }
  await done(desk.removeVaultWay({ way: 'passphrase' }))
  return took.sort((a, b) => a - b)[2]
})()`

/** @param {number} pid proportional set size in MiB, 0 when the process is gone */
function pssOf(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** The process, and all that it started. @param {number} pid @returns {number[]} */
function familyOf(pid) {
  const family = [pid]
  for (const member of family) {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
        if (parent === member) family.push(Number(name))
      } catch {
        // Ended meanwhile.
      }
    }
  }
  return family
}

/**
 * Starts the app on a data folder, runs a script in its page, and ends it.
 * @param {string} data @param {string} script @param {{ waitMs?: number, limitMs?: number }} [options]
 */
async function ask(data, script, { waitMs = 0, limitMs = 300_000 } = {}) {
  const since = Date.now()
  const child = spawn(electron, ['-r', watcher, app, `--user-data-dir=${data}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, BENCH_SCRIPT: script, BENCH_WAIT: String(waitMs), XDG_CURRENT_DESKTOP: 'GNOME' },
  })
  try {
    const told = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the page did not answer')), limitMs)
      let text = ''
      child.stdout.setEncoding('utf8').on('data', (part) => {
        text += part
        const line = text.split('\n').find((one) => one.startsWith('BENCH ') && one.endsWith('}'))
        if (!line) return
        clearTimeout(timer)
        resolve(JSON.parse(line.slice(6)))
      })
      child.once('exit', () => reject(new Error('the app ended early')))
    })
    if (told.answer?.error) throw new Error(told.answer.error)
    const mib = child.pid === undefined ? 0 : familyOf(child.pid).reduce((sum, pid) => sum + pssOf(pid), 0)
    return { ms: told.at - since, mib, answer: told.answer }
  } finally {
    child.kill()
    await new Promise((resolve) =>
      child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(null),
    )
  }
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const folders = { ours: join(home, 'many'), theirs: join(home, 'one') }
await ask(folders.ours, fill(many))
await ask(folders.theirs, fill(1))

/** @type {Record<'ours' | 'theirs', { ms: number, mib: number }[]>} */
const seen = { ours: [], theirs: [] }
for (let run = 0; run <= runs; run++) {
  for (const which of /** @type {const} */ (['ours', 'theirs'])) {
    const measured = await ask(folders[which], untilListed, { waitMs: settleMs })
    if (run > 0) seen[which].push(measured)
  }
}
const unlock = {
  ours: (await ask(folders.ours, unlocking)).answer,
  theirs: (await ask(folders.theirs, unlocking)).answer,
}
rmSync(home, { recursive: true, force: true })

/** @param {object} row */
const print = (row) => console.log(JSON.stringify({ against: 'one identity', ...row }))
const [start, startOne] = [median(seen.ours.map(({ ms }) => ms)), median(seen.theirs.map(({ ms }) => ms))]
const [mib, mibOne] = [median(seen.ours.map((one) => one.mib)), median(seen.theirs.map((one) => one.mib))]
const round = (/** @type {number} */ value) => Math.round(value * 100) / 100
print({
  name: `start until ${many} identities are listed`,
  ours: round(start),
  theirs: round(startOne),
  unit: 'ms',
  ratio: round(start / startOne),
  goal: 1.5,
})
print({ name: `memory that ${many} identities take`, ours: round(mib - mibOne), unit: 'MiB', goal: 60 })
print({
  name: `unlocking ${many} identities, beyond one`,
  ours: round(unlock.ours - unlock.theirs),
  unit: 'ms',
  goal: 1000,
})
