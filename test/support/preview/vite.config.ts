import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { guide } from '../../../scripts/guide/plugin.mjs'

const root = resolve(import.meta.dirname, '../../..')

/**
 * The page alone, in any browser, on a fake desk: `npx vite -c test/support/preview/vite.config.ts`. For looking at
 * screens while drawing them; nothing of it is part of the app or of its tests.
 */
export default defineConfig({
  root: resolve(root, 'renderer'),
  cacheDir: resolve(root, 'node_modules/.vite-preview'),
  server: { port: 5199, strictPort: true, fs: { allow: [root] }, hmr: false },
  plugins: [
    react(),
    guide(root),
    {
      name: 'fake-desk',
      transformIndexHtml: (html) => ({
        html: html.replace('__STYLE_NONCE__', ''),
        tags: [
          {
            tag: 'script',
            attrs: { type: 'module', src: `/@fs${resolve(import.meta.dirname, 'start.ts')}` },
            injectTo: 'head-prepend',
          },
        ],
      }),
    },
  ],
})
