// @ts-check
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

/** Bundles a program of this folder and runs it in the app's own runtime, with a folder for what it writes. @param {string} name without `.ts` */
export async function runInTurns(name) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: join(import.meta.dirname, `${name}.ts`),
        outDir: folder,
        emptyOutDir: false,
        target: 'node20.18',
        rollupOptions: { output: { entryFileNames: `${name}.mjs`, chunkFileNames: '[name]-[hash].mjs' } },
      },
      ssr: { noExternal: true, target: 'node' },
    })
    // Without an Electron at hand this still measures, on Node.
    const binary = process.env.COUNTERSIGN_ELECTRON_BINARY ?? process.execPath
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }
    const ended = spawnSync(binary, [join(folder, `${name}.mjs`), folder], { env, stdio: 'inherit' })
    process.exitCode = ended.status ?? 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
