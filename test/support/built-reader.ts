import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

/** A program of the main process, built as the app builds it: a thread starts from a file, and Node reads no TypeScript. */
export async function builtProgram(entry: string): Promise<URL> {
  const outDir = await mkdtemp(join(tmpdir(), 'program-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(root, entry),
      outDir,
      target: 'node20.18',
      minify: false,
      rollupOptions: {
        external: ['electron'],
        output: { format: 'es', entryFileNames: 'program.mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return pathToFileURL(join(outDir, 'program.mjs'))
}

export const builtReader = (): Promise<URL> => builtProgram('electron/reader.ts')

/** The reader with words that bring it down. */
export const builtFaultyReader = (): Promise<URL> => builtProgram('test/support/faulty-reader.ts')
