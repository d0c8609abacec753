// @ts-check
// Inspecting in the reader, warm, part by part as the app does it: 1, 140, 1,000 and 10,000 certificates in one file, and
// 1,000 in as many files. Beside it, in turns, OpenSSL listing the same file (user CPU of both), and XCA importing it.
// Medians; the reader runs as a thread here, so that all of its CPU counts.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { certificates, median } from './inspect-files.mjs'
import { emptyDatabase, importInto } from './xca.mjs'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))

/** @param {string} name */
const built = async (name) => {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'electron', `${name}.ts`),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: { output: { entryFileNames: `${name}.mjs`, chunkFileNames: '[name]-[hash].mjs' } },
    },
    ssr: { noExternal: true, target: 'node' },
  })
  return pathToFileURL(join(folder, `${name}.mjs`))
}

/** @param {string} file @returns {number} milliseconds of user CPU */
function openssl(file) {
  const line = `TIMEFORMAT=%U; time openssl storeutl -noout -certs '${file}' >/dev/null 2>&1`
  const said = execFileSync('bash', ['-c', `{ ${line}; } 2>&1`], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  return Number(said.trim()) * 1000
}

/** @param {Record<string, unknown>} row */
const print = (row) => console.log(JSON.stringify(row))

try {
  const url = await built('reader')
  const { createReader } = await import((await built('reader-client')).href)
  const { readerThread } = await import((await built('reader-thread')).href)
  const reader = createReader(readerThread(url))

  /** @param {{ file: string, bytes: Uint8Array }[]} files */
  const read = async (files) => {
    const began = performance.now()
    const cpu = process.cpuUsage()
    const reading = reader.reading(files, new Date())
    let first = 0
    for (let from = 0; ; ) {
      const part = await reading.rows(from)
      if (!part.ok) throw new Error(part.problem.code)
      first ||= performance.now() - began
      from += part.value.rows.length
      if (part.value.done) break
    }
    await reading.relations([])
    const all = performance.now() - began
    reading.close()
    return { first, all, user: process.cpuUsage(cpu).user / 1000 }
  }

  const empty = await emptyDatabase(folder)
  if (!empty) console.log('XCA is not installed (Debian: apt install xca): not compared with it')
  for (const [count, runs, wallGoal] of [
    [1, 25, 20],
    [140, 15, 80],
    [1000, 7, 500],
    [10_000, 5, 5000],
  ]) {
    const bytes = certificates(count)
    const file = join(folder, `${count}.pem`)
    writeFileSync(file, bytes)
    /** @type {Awaited<ReturnType<typeof read>>[]} */
    const ours = []
    const theirs = []
    for (let run = -2; run < runs; run++) {
      const took = await read([{ file: 'a.pem', bytes }])
      const peer = openssl(file)
      if (run < 0) continue
      ours.push(took)
      theirs.push(peer)
    }
    const [all, first, user] = /** @type {const} */ (['all', 'first', 'user']).map((what) =>
      median(ours.map((one) => one[what])),
    )
    const title = `inspect ${count.toLocaleString('en-GB')} certificate${count === 1 ? '' : 's'}`
    print({ name: `${title}: all rows and relations`, ours: all, unit: 'ms', goal: wallGoal })
    if (count === 10_000) print({ name: `${title}: first rows`, ours: first, unit: 'ms', goal: 1000 })
    print({ name: `${title}: user CPU`, ours: user, theirs: median(theirs), unit: 'ms', against: 'openssl storeutl' })
    // It grows with the square of the number: 10,000 would take most of an hour.
    if (empty && count <= 1000) {
      const xca = median(Array.from({ length: count < 1000 ? 3 : 1 }, () => importInto(empty, file)))
      print({ name: `${title}: until listed`, ours: all, theirs: xca, unit: 'ms', against: 'xca --import', goal: 1 })
    }
  }

  const files = Array.from({ length: 1000 }, (_, i) => ({ file: `${i}.pem`, bytes: certificates(1) }))
  const times = []
  for (let run = -1; run < 7; run++) {
    const { all } = await read(files)
    if (run >= 0) times.push(all)
  }
  print({ name: 'inspect 1,000 files of one certificate', ours: median(times), unit: 'ms', goal: 1000 })
  await reader.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
