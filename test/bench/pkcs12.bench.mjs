// @ts-check
// Bundles and key files written and opened as the app does it, in the app's own runtime, against `openssl` with the same
// algorithms and rounds. Both are timed by the same process, in turns; the start of the program is not counted: what
// `openssl version` takes in the same turn is taken off.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))

try {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'test', 'bench', 'pkcs12-in-turns.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: { output: { entryFileNames: 'pkcs12-in-turns.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
    ssr: { noExternal: true, target: 'node' },
  })
  // Without an Electron at hand this still measures, on Node.
  const binary = process.env.COUNTERSIGN_ELECTRON_BINARY ?? process.execPath
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }
  const ended = spawnSync(binary, [join(folder, 'pkcs12-in-turns.mjs'), folder], { env, stdio: 'inherit' })
  process.exitCode = ended.status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
