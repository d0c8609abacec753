import { expect, it } from 'vitest'
import { type Imports, importsOf, loadedBy } from '../support/imports.ts'

/** One way around each circle, first file first and last. */
function circlesIn(imports: Imports): string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const follow = (path: string, way: readonly string[]) => {
    const met = way.indexOf(path)
    if (met >= 0) circles.push([...way.slice(met), path].join(' → '))
    if (met >= 0 || done.has(path)) return
    for (const next of imports.get(path) ?? []) follow(next, [...way, path])
    done.add(path)
  }
  for (const path of imports.keys()) follow(path, [])
  return circles
}

it('no file waits for itself to be loaded', () => {
  const imports = importsOf(['shared', 'electron', 'renderer'])
  expect([...imports.values()].flat().length).toBeGreaterThan(imports.size)
  expect(circlesIn(imports)).toEqual([])
})

it('a circle is found by its import lines, and types make none', () => {
  const house = (last: string): Imports =>
    new Map([
      ['shared/a.ts', loadedBy('shared/a.ts', "import { b } from './b.ts'\nimport type { Z } from './z.ts'\n")],
      ['shared/b.ts', loadedBy('shared/b.ts', "import {\n  c,\n  d,\n} from './pki/c.ts'\n")],
      ['shared/pki/c.ts', loadedBy('shared/pki/c.ts', last)],
    ])
  const around = ['shared/a.ts → shared/b.ts → shared/pki/c.ts → shared/a.ts']
  expect(circlesIn(house("import { a } from '../a.ts'\n"))).toEqual(around)
  expect(circlesIn(house("import '../a.ts'\n"))).toEqual(around)
  expect(circlesIn(house("export { a } from '../a.ts'\n"))).toEqual(around)
  expect(circlesIn(house("import type { A } from '../a.ts'\n"))).toEqual([])
})
