import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

/** The reader's worker, built as the app builds it: a worker starts from a file on disk, and Node reads no TypeScript. */
export async function builtReader(): Promise<URL> {
  const outDir = await mkdtemp(join(tmpdir(), 'reader-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'electron', 'reader.ts'),
      outDir,
      target: 'node20.18',
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: 'reader.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  })
  return pathToFileURL(join(outDir, 'reader.mjs'))
}
