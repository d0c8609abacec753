// @ts-check
// What went into a bundle, by package: the list that About shows, and the licence texts that must travel with it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ofPackage = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/

/**
 * Writes `licences.json` and `licences.txt` beside the bundle, from the modules that are really in it.
 * @returns {import('vite').Plugin}
 */
export function licenceList() {
  return {
    name: 'countersign:licence-list',
    generateBundle(_options, bundle) {
      /** @type {Map<string, { name: string, version: string, licence: string, text: string }>} */
      const found = new Map()
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        for (const id of chunk.moduleIds) {
          const folder = ofPackage.exec(id.replace(/^\0+/, ''))?.[1]
          if (folder !== undefined && !found.has(folder)) found.set(folder, readPackage(folder))
        }
      }
      const sorted = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
      const list = sorted.map(({ text: _, ...entry }) => entry)
      const texts = sorted.map(
        ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text.trim()}\n`,
      )
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: `${JSON.stringify(list, null, 2)}\n` })
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts.join(`\n${'-'.repeat(72)}\n\n`) })
    },
  }
}

/** @param {string} folder */
function readPackage(folder) {
  const file = join(folder, 'package.json')
  const { name, version, license } = JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{}')
  if (!name || !version || typeof license !== 'string') throw new Error(`no name, version or licence in ${file}`)
  const notice = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  return {
    name,
    version,
    licence: license,
    text: notice === undefined ? '' : readFileSync(join(folder, notice), 'utf8'),
  }
}
