// @ts-check
// Inspecting in the reader's worker, warm, as the app does it: the system's CA bundle, a thousand certificates in one
// file and in a thousand files, ten thousand in one. Medians, in milliseconds from the call to the whole answer.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

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

try {
  const worker = await built('reader')
  const { createReader } = await import((await built('reader-client')).href)
  const reader = createReader(worker)

  const system = '/etc/ssl/certs/ca-certificates.crt'
  const bundle = existsSync(system) ? system : join(root, 'test/fixtures/corpus/bundles/certifi__cacert.pem')
  const pems = readFileSync(bundle, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? []
  /** @param {number} count */
  const many = (count) => Array.from({ length: count }, (_, i) => new TextEncoder().encode(pems[i % pems.length]))
  const whole = new Uint8Array(readFileSync(bundle))

  /** @type {[string, { file: string, bytes: Uint8Array }[], number, number][]} */
  const loads = [
    [`Inspect the CA bundle (${pems.length} certificates)`, [{ file: 'ca', bytes: whole }], 15, 80],
    ['Inspect 1000 certificates in one file', [{ file: '1000', bytes: Buffer.concat(many(1000)) }], 7, 400],
    ['Inspect 1000 certificates in 1000 files', many(1000).map((bytes, i) => ({ file: `${i}`, bytes })), 7, 400],
    ['Inspect 10000 certificates in one file', [{ file: '10000', bytes: Buffer.concat(many(10_000)) }], 3, 5000],
  ]
  for (const [name, files, runs, goal] of loads) {
    const times = []
    for (let i = 0; i < runs + 2; i++) {
      const began = performance.now()
      await reader.inspect(files, [])
      if (i >= 2) times.push(performance.now() - began)
    }
    const ours = Number(times.toSorted((a, b) => a - b)[runs >> 1]?.toFixed(1))
    console.log(JSON.stringify({ name, ours, unit: 'ms', goal }))
  }
  await reader.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
