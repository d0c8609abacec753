import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { guide } from './scripts/guide/plugin.mjs'
import { licenceList } from './scripts/licence-list.mjs'

const at = (path: string) => resolve(import.meta.dirname, path)

/**
 * What Electron's main process and Node load is CommonJS in files called `.js`: a module is found and run at once, where
 * Node's loader for ES modules asks for each file several times, in turns of the event loop, and that out of an archive.
 */
const plainScripts = (): Plugin => ({
  name: 'plain-scripts',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
  },
})

/** The page asks for the first room's files together with the frame's, not after the frame has run. */
const firstRoom = (): Plugin => ({
  name: 'first-room',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const names = Object.keys(bundle).filter((name) => /\/first-room-[^/]*\.(?:js|css)$/.test(name))
      return names.map((name) => ({
        tag: 'link',
        attrs: { rel: name.endsWith('.css') ? 'stylesheet' : 'modulepreload', crossorigin: true, href: `./${name}` },
        injectTo: 'head',
      }))
    },
  },
})

/**
 * Everything is bundled: the packaged app carries no node_modules, and the same output runs on plain Node for the
 * command line. The reader is an entry of its own because it runs in a worker.
 */
export default defineConfig({
  main: {
    plugins: [plainScripts(), guide(import.meta.dirname), licenceList()],
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
        output: {
          format: 'cjs',
          // Electron takes its entry through Node's loader for ES modules unless its name says what it is.
          entryFileNames: ({ name }) => (name === 'main' ? 'main.cjs' : '[name].js'),
          chunkFileNames: 'chunks/[name]-[hash].js',
          // Left to itself it comes to lie in a chunk of much else, which the start would then have to load.
          codeSplitting: {
            groups: [{ name: 'names', test: /shared\/pki\/(?:der|der-values|names|oids|oid-\w+)\.ts$/ }],
          },
        },
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
      rollupOptions: {
        input: at('renderer/index.html'),
        output: {
          // The frame and the first room, each with all it needs, instead of sixty files that are asked for one by one.
          codeSplitting: {
            groups: [
              // Rooms that check what they read have it; the frame would take it along without a use for it.
              { name: 'schemas', test: /node_modules\/zod\//, priority: 4 },
              { name: 'frame', test: /renderer\/main\.tsx$/, priority: 3 },
              { name: 'first-room', test: /renderer\/identities\/IdentitiesRoom\.tsx$/, priority: 2 },
              { name: 'identity', test: /renderer\/identities\/IdentityPage\.tsx$/, priority: 1 },
            ],
          },
        },
      },
    },
    plugins: [react(), firstRoom(), guide(import.meta.dirname), licenceList()],
  },
})
