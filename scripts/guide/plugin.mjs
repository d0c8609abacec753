// @ts-check
// `virtual:guide`: the guide as data, for the window and for the command line. Parsed while building, so that neither
// carries a Markdown parser.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contents } from './contents.mjs'
import { readPage } from './read-page.mjs'

/**
 * All pages of the guide, in the order of its contents.
 * @param {string} root the repository's folder
 */
export function readGuide(root) {
  const papers = contents.flatMap(({ group, pages }) => pages.map(([id, file]) => ({ id, group, file })))
  const pageOf = new Map(papers.map(({ id, file }) => [file, id]))
  return papers.map((paper) => readPage({ ...paper, markdown: readFileSync(join(root, paper.file), 'utf8') }, pageOf))
}

const asked = 'virtual:guide'
const resolved = '\0virtual:guide'

/**
 * @param {string} root the repository's folder; given, because a configuration is bundled before it runs and this file is then elsewhere
 * @returns {import('vite').Plugin}
 */
export function guide(root) {
  return {
    name: 'countersign:guide',
    resolveId: (id) => (id === asked ? resolved : undefined),
    load(id) {
      if (id !== resolved) return undefined
      for (const { pages } of contents) for (const [, file] of pages) this.addWatchFile(join(root, file))
      // JSON.parse of a string is read faster than the same as a literal.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(readGuide(root)))})`
    },
  }
}
