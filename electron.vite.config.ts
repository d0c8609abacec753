import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { guide } from './scripts/guide/plugin.mjs'
import { licenceList } from './scripts/licence-list.mjs'

const at = (path: string) => resolve(import.meta.dirname, path)

/**
 * Everything is bundled: the packaged app carries no node_modules, and the same output runs on plain Node for the
 * command line. The reader is an entry of its own because it runs in a worker.
 */
export default defineConfig({
  main: {
    plugins: [guide(import.meta.dirname), licenceList()],
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      minify: false,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          main: at('electron/main.ts'),
          reader: at('electron/reader.ts'),
          'token-worker': at('electron/tokens/token-worker.ts'),
          cli: at('electron/cli/main.ts'),
        },
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [licenceList()],
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: at('electron/preload.ts') },
        external: ['electron'],
        // A sandboxed preload is loaded as a plain script: CommonJS, one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: at('renderer/index.html') },
    },
    plugins: [react(), guide(import.meta.dirname), licenceList()],
  },
})
