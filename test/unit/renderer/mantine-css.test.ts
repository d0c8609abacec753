import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const mantine = resolve(root, 'node_modules/@mantine/core')

/** Components that the page takes from Mantine, types left out by the lack of a file below. */
function usedComponents(): Set<string> {
  const used = new Set<string>()
  for (const file of readdirSync(resolve(root, 'renderer'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue
    const text = readFileSync(resolve(root, 'renderer', file), 'utf8')
    for (const [, names = ''] of text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g))
      for (const name of names.split(',')) used.add(name.trim())
  }
  return used
}

/** Every style module that a component reaches through Mantine's own imports, by its name. */
function stylesOf(component: string): Set<string> {
  const index = readFileSync(resolve(mantine, 'esm/index.mjs'), 'utf8')
  const entry = new RegExp(`import \\{[^}]*\\b${component}\\b[^}]*\\} from "(\\./components/[^"]+)"`).exec(index)?.[1]
  const found = new Set<string>()
  const seen = new Set<string>()
  const walk = (file: string) => {
    if (seen.has(file) || !existsSync(file)) return
    seen.add(file)
    const style = /([A-Za-z]+)\.module\.mjs$/.exec(file)?.[1]
    if (style) found.add(style)
    else
      for (const [, next] of readFileSync(file, 'utf8').matchAll(/from "(\.[^"]+)"/g))
        walk(resolve(dirname(file), next!))
  }
  if (entry) walk(resolve(mantine, 'esm', entry))
  return found
}

describe('styles of Mantine', () => {
  const loaded = new Set(
    [...readFileSync(resolve(root, 'renderer/mantine.css'), 'utf8').matchAll(/styles\/([A-Za-z-]+)\.css/g)].map(
      ([, name]) => name!,
    ),
  )

  it('are loaded for every component the page uses, and for what those are made of', () => {
    const needed = new Set([...usedComponents()].flatMap((component) => [...stylesOf(component)]))
    expect(needed.size).toBeGreaterThan(20)
    expect([...needed].filter((style) => !loaded.has(style)).sort()).toEqual([])
  })

  it('exist under the names they are loaded by', () => {
    expect([...loaded].filter((name) => !existsSync(resolve(mantine, `styles/${name}.css`)))).toEqual([])
  })
})
