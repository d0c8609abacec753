import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stampOf } from '../../../scripts/build.mjs'
import { cookieFile, hasDisplay } from '../../../scripts/display.mjs'
import { nodeIsNewEnough } from '../../../scripts/node-version.mjs'
import { sameTree } from '../../../scripts/setup.mjs'
import { familyOf, librariesIn, missingOf } from '../../../scripts/system.mjs'

let room: string

beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'countersign-setup-'))
})

afterEach(() => rmSync(room, { recursive: true, force: true }))

describe('the stamp of what the app is built from', () => {
  const inputs = { folders: ['shared', 'renderer'], files: ['package.json'] }
  const stamp = () => stampOf(room, inputs)

  beforeEach(() => {
    mkdirSync(join(room, 'shared', 'pki'), { recursive: true })
    writeFileSync(join(room, 'shared', 'pki', 'names.ts'), 'export const a = 1\n')
    writeFileSync(join(room, 'package.json'), '{}')
  })

  it('stays when only times change', () => {
    const before = stamp()
    utimesSync(join(room, 'shared', 'pki', 'names.ts'), 1, 1)
    expect(stamp()).toBe(before)
  })

  it.each([
    ['a file changes', () => writeFileSync(join(room, 'shared', 'pki', 'names.ts'), 'export const a = 2\n')],
    ['a file is added', () => writeFileSync(join(room, 'shared', 'more.ts'), '')],
    ['a file goes', () => rmSync(join(room, 'shared', 'pki', 'names.ts'))],
    ['a folder appears', () => cpSync(join(room, 'shared'), join(room, 'renderer'), { recursive: true })],
    ['a setting changes', () => writeFileSync(join(room, 'package.json'), '{ }')],
  ])('changes when %s', (_, change) => {
    const before = stamp()
    change()
    expect(stamp()).not.toBe(before)
  })
})

describe('whether the dependencies fit the lockfile', () => {
  const lock = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } })
  const react = { 'node_modules/react': { version: '19.3.1', integrity: 'sha512-a' } }

  it('is so when every package is there in its version', () => {
    expect(sameTree(lock(react), lock(react))).toBe(true)
  })

  it('is so without an optional package for another platform', () => {
    const wanted = lock({ ...react, 'node_modules/fsevents': { version: '2.3.3', optional: true } })
    expect(sameTree(wanted, lock(react))).toBe(true)
  })

  it.each([
    ['nothing is installed', undefined],
    ['a package is missing', lock({})],
    ['a version differs', lock({ 'node_modules/react': { version: '19.3.0' } })],
    ['a hash differs', lock({ 'node_modules/react': { version: '19.3.1', integrity: 'sha512-b' } })],
  ])('is not so when %s', (_, found) => {
    expect(sameTree(lock(react), found)).toBe(false)
  })
})

describe('the Node that runs the scripts', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '24.1.0', '25.0.0'])('may be %s', (version) => {
    expect(nodeIsNewEnough(version)).toBe(true)
  })

  it.each(['18.20.0', '20.18.1', '21.7.0', '22.11.0'])('may not be %s', (version) => {
    expect(nodeIsNewEnough(version)).toBe(false)
  })
})

describe('system packages', () => {
  it('are recognised by the library, the program and the file itself', () => {
    writeFileSync(join(room, 'tool'), '', { mode: 0o755 })
    writeFileSync(join(room, 'no-tool'), '', { mode: 0o644 })
    const libraries = librariesIn('2 libs\n\tlibgtk-3.so.0 (libc6,x86-64) => /usr/lib/libgtk-3.so.0\n')
    const need = (what: object) => ({ deb: ['x'], rpm: 'x', why: 'x', ...what })
    const there = [{ library: 'libgtk-3.so.0' }, { program: 'tool' }, { file: join(room, 'tool') }].map(need)
    const absent = [{ library: 'libnss3.so' }, { program: 'no-tool' }, { file: join(room, 'none') }].map(need)
    expect(missingOf([...there, ...absent], { libraries, path: [room] })).toEqual(absent)
  })

  it.each([
    ['ID=debian', 'deb'],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian', 'deb'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'deb'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'rpm'],
    ['ID=arch', 'other'],
    ['', 'other'],
  ])('have the names of the family: %s', (text, family) => {
    expect(familyOf(text)).toBe(family)
  })
})

describe('a display', () => {
  it('is there where a window can be shown', () => {
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })

  it('is locked with a cookie in the form X reads', () => {
    const bytes = cookieFile(Buffer.alloc(16, 7))
    expect(bytes.toString('hex')).toBe(`ffff0000000000124d49542d4d414749432d434f4f4b49452d310010${'07'.repeat(16)}`)
  })
})
