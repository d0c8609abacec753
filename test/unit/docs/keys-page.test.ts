import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keysPage } from '../../support/keys-page.ts'

it('docs/guide/keys.md lists every key that the window lists', () => {
  expect(readFileSync(join(import.meta.dirname, '../../../docs/guide/keys.md'), 'utf8')).toBe(keysPage())
})
