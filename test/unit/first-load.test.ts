import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { importsOf, loadedWith } from '../support/imports.ts'

// What these hold is measured by `npm run bench:package`; here it is told at once, and by which file.
const imports = importsOf(['shared', 'electron', 'renderer'])
const library = (name: string) => new RegExp(`^import (?!type )[^'"]*from '${name}'`, 'm')
const using = (files: readonly string[], name: string) =>
  files.filter((file) => library(name).test(readFileSync(file, 'utf8')))

const frame = loadedWith(imports, ['renderer/main.tsx'])
const firstScreen = loadedWith(imports, ['renderer/main.tsx', 'renderer/identities/IdentitiesRoom.tsx'])

it('the frame and the first room are drawn without schemas, which the main process checks by', () => {
  expect(frame).toContain('renderer/App.tsx')
  expect(firstScreen).toContain('renderer/identities/IdentityTable.tsx')
  expect(using(firstScreen, 'zod')).toEqual([])
})

it('the first room does not bring menus along', () => {
  const brings = firstScreen.filter((file) => /\bMenu\b[^']*from '@mantine\/core'/.test(readFileSync(file, 'utf8')))
  expect(brings).toEqual([])
})

it('the window is made before anything heavy is loaded', () => {
  const beforeWindow = loadedWith(imports, ['electron/main.ts'])
  expect(beforeWindow).toContain('electron/window.ts')
  expect(beforeWindow.filter((file) => file.startsWith('shared/'))).toEqual([])
})

it('the first calls are answered without the schemas and handlers of all others', () => {
  const desk = loadedWith(imports, ['electron/open-desk.ts'])
  expect(desk).toContain('shared/calls/first.ts')
  expect(desk).not.toContain('shared/contract.ts')
  expect(desk).not.toContain('electron/handlers/table.ts')
})
