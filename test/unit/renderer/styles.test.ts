import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'

/** What the rules of a style sheet are for; what is marked global belongs to others. */
function classesIn(css: string): Set<string> {
  const selectors = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/:global\([^)]*\)/g, '')
    .replace(/\{[^{}]*\}/g, '{}')
  return new Set([...selectors.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name]) => name!))
}

type Use = { sheet: string; name: string; file: string }

/** Each class that a component takes from a sheet that it imports; a computed name is given as `[`. */
function usesIn(file: string, code: string): Use[] {
  return [...code.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].flatMap(([, name, path]) => {
    const sheet = normalize(join(dirname(file), path!))
    const taken = [...code.matchAll(new RegExp(`\\b${name}(?:\\.(\\w+)|\\[)`, 'g'))]
    return taken.map(([, one]) => ({ sheet, name: one ?? '[', file }))
  })
}

const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).map((name) => join('renderer', name))
const sheets = new Map(
  files.filter((file) => file.endsWith('.module.css')).map((file) => [file, classesIn(readFileSync(file, 'utf8'))]),
)
const uses = files.filter((file) => /\.tsx?$/.test(file)).flatMap((file) => usesIn(file, readFileSync(file, 'utf8')))

it('every class of a sheet is worn by a component, and every class that is worn is in its sheet', () => {
  const worn = new Set(uses.map(({ sheet, name }) => `${sheet} .${name}`))
  const there = new Set([...sheets].flatMap(([sheet, names]) => [...names].map((name) => `${sheet} .${name}`)))
  expect(there.size).toBeGreaterThan(500)
  expect([...there].filter((one) => !worn.has(one))).toEqual([])
  expect([...worn].filter((one) => !there.has(one))).toEqual([])
})

it('classes and their uses are found where they stand', () => {
  const css = '/* .no */ .a[data-x="1"] > .b:has(+ .c) { width: 1.5em }\n@container (width > 1px) { :global(.z) .d {} }'
  expect([...classesIn(css)]).toEqual(['a', 'b', 'c', 'd'])
  const code = "import look from '../parts/Look.module.css'\nconst a = [look.one, look[two]]"
  expect(usesIn('renderer/room/A.tsx', code).map(({ sheet, name }) => `${sheet} ${name}`)).toEqual([
    'renderer/parts/Look.module.css one',
    'renderer/parts/Look.module.css [',
  ])
})
