// @ts-check
// What the built app loads before its first screen stands, followed from file to file as the loaders do.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../runtime.mjs'

/**
 * Files reached from these without a call: what a dynamic import names is loaded later.
 * @param {string[]} from @param {RegExp} named finds a path relative to the file that names it
 */
function reached(from, named) {
  const found = new Set(from)
  for (const file of found) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(named)) {
      if (path) found.add(resolve(dirname(file), path))
    }
  }
  return [...found]
}

const sizes = (/** @type {string[]} */ files) => {
  const texts = files.map((file) => readFileSync(file))
  return {
    files: files.length,
    bytes: texts.reduce((sum, text) => sum + text.length, 0),
    gzip: texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0),
  }
}

/** The page with its first room, scripts and styles. */
export function firstScreen() {
  const renderer = join(root, 'out', 'renderer')
  const assets = join(renderer, 'assets')
  const page = join(renderer, 'index.html')
  const links = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)]
  const room = readdirSync(assets).filter((name) => /^first-room-.*\.(js|css)$/.test(name))
  const from = [...links.map(([, path]) => join(renderer, path ?? '')), ...room.map((name) => join(assets, name))]
  const scripts = reached(from, /(?:from|import)\s*"(\.\/[^"]+\.js)"/g)
  return sizes([page, ...scripts])
}

/** Everything the page can ever load. */
export function wholePage() {
  const assets = join(root, 'out', 'renderer', 'assets')
  return sizes(readdirSync(assets).map((name) => join(assets, name)))
}

/** The main process until the page is answered: its entry, and the desk. */
export function mainAtStart() {
  const main = join(root, 'out', 'main')
  const desk = readdirSync(join(main, 'chunks')).filter((name) => /^open-desk-/.test(name))
  const from = [join(main, 'main.cjs'), ...desk.map((name) => join(main, 'chunks', name))]
  return sizes(reached(from, /^(?:(?:const|let|var) [^=\n]+= )?require\("(\.[^"]+\.js)"\);/gm))
}
