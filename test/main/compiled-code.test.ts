import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeCompiledCode } from '../../electron/compiled-code.ts'

// What V8 keeps of a script is tied to the script's length, not to its words: two of the same length tell which was run.
const [kept, written] = ["exports.says = 'kept'", "exports.says = 'file'"]
const compiledOf = (source: string) => new Script(Module.wrap(source)).createCachedData()

const modules = Module.prototype as unknown as { _compile: unknown }
let folder: string
let before: unknown

beforeEach(() => {
  before = modules._compile
  folder = mkdtempSync(join(tmpdir(), 'compiled-'))
  mkdirSync(join(folder, 'chunks'))
  for (const name of ['one.cjs', 'two.cjs']) writeFileSync(join(folder, 'chunks', name), written)
  writeFileSync(join(folder, 'beside.cjs'), written)
})
afterEach(() => {
  modules._compile = before
  rmSync(folder, { recursive: true, force: true })
})

function keep(pieces: [string, Buffer][]) {
  const list = JSON.stringify(pieces.map(([name, bytes]) => [name, bytes.length]))
  writeFileSync(
    join(folder, 'compiled-code'),
    Buffer.concat([Buffer.from(`${list}\n`), ...pieces.map(([, one]) => one)]),
  )
}

const says = (...path: string[]) => createRequire(import.meta.url)(join(folder, ...path)).says

describe('compiled scripts beside the written ones', () => {
  it('are run in place of them, each for its own file only', () => {
    keep([['one.cjs', compiledOf(kept)]])
    takeCompiledCode(folder)
    expect(says('chunks', 'one.cjs')).toBe('kept')
    expect(says('chunks', 'two.cjs')).toBe('file')
    expect(says('beside.cjs')).toBe('file')
  })

  it('are not run when they were made of a script of another length, or are no such thing', () => {
    keep([
      ['one.cjs', compiledOf(`${kept} `)],
      ['two.cjs', Buffer.from('not what V8 makes')],
    ])
    takeCompiledCode(folder)
    expect(says('chunks', 'one.cjs')).toBe('file')
    expect(says('chunks', 'two.cjs')).toBe('file')
  })

  it('need not be there, nor be readable', () => {
    takeCompiledCode(folder)
    expect(says('chunks', 'one.cjs')).toBe('file')
    writeFileSync(join(folder, 'compiled-code'), 'neither a list nor pieces')
    takeCompiledCode(folder)
    expect(says('chunks', 'two.cjs')).toBe('file')
    expect(modules._compile).toBe(before)
  })
})
